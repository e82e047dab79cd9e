"""Attacks on a post by somebody with its folder and its key, and who finds each. `benchmarks/attacks.py` prints the table."""

import base64
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from tests.factory import NOW
from tests.workstation.accountability.attacked_post import Made, change_json, closed, opened, signing, sql
from workstation.accountability import signed_notes
from workstation.accountability.merkle import Frontier
from workstation.post.facts import FACTS
from workstation.post.keys import PostKeys, in_the_clear
from workstation.post.log_signing import CHECKPOINTS
from workstation.post.post import KEYS, STORE

BETWEEN = b"\n=====\n"


class Finder(StrEnum):
    REFUSED = "refused at opening"
    OPENING = "fault at opening"
    ENTRY = "entry in the log"
    VERIFIER = "verifier on an export"
    COPY = "second copy elsewhere"
    NOBODY = "not found on one machine"


@dataclass(frozen=True, slots=True)
class Attack:
    how: Callable[[Path, Made], None]
    finders: frozenset[Finder]
    """All that find it."""


BOTH = frozenset({Finder.OPENING, Finder.VERIFIER})
FIRST_VIEW = "UPDATE verdicts SET view = 'LEAD'"
BLANK = "x'" + "00" * 32 + "'"


def rewritten_log(folder: Path, _: Made) -> None:
    """An entry is changed, and everything unsigned that follows from it put right: commitment, tree, frontier."""
    store = opened(folder)
    guards = store.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _sql in guards:
        store.execute(f"DROP TRIGGER {name}")
    number, body, salt = store.execute(
        "SELECT number, body, salt FROM audit_entries WHERE body LIKE '%verdict.given%'"
    ).fetchone()
    changed = body.replace("NOT_THIS_PERSON", "CANNOT_TELL")
    leaf = hashlib.sha256(salt + changed.encode()).digest()
    store.execute("UPDATE audit_entries SET body = ?, commitment = ? WHERE number = ?", (changed, leaf, number))
    tree = Frontier()
    for (each,) in store.execute("SELECT commitment FROM audit_entries ORDER BY number").fetchall():
        tree.append(each)
    store.execute("DELETE FROM audit_frontier")
    store.executemany("INSERT INTO audit_frontier (height, hash) VALUES (?, ?)", list(tree.subtrees.items()))
    for _name, guard in guards:
        store.execute(guard)
    closed(store)


def rebound_verdict(folder: Path, made: Made) -> None:
    """A verdict is changed together with the digest that stands for it."""
    sql(FIRST_VIEW, "UPDATE row_bindings SET digest = " + BLANK + " WHERE kind = 'verdicts'")(folder, made)


def of_another(folder: Path, made: Made) -> None:
    shutil.copy(made.other / STORE, folder / STORE)


def older_store(folder: Path, made: Made) -> None:
    shutil.copy(made.early / STORE, folder / STORE)


def older_folder(folder: Path, made: Made) -> None:
    """Everything of the post put back in time."""
    for each in made.early.iterdir():
        shutil.copy(each, folder / each.name)


def older_everywhere(folder: Path, made: Made) -> None:
    """The folder and the second copy put back in time together."""
    older_folder(folder, made)
    for each in made.elsewhere.iterdir():
        shutil.copy(folder.parent / "elsewhere-early" / each.name, each)


def cut_with_checkpoints(folder: Path, made: Made) -> None:
    """The end of the log goes, with the rows it tells of and every checkpoint over it, inside and outside; not the copy's."""
    older_folder(folder, made)


def bytes_at(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path, Made], None]:
    def attack(folder: Path, _: Made) -> None:
        path = folder / name
        path.write_bytes(change(path.read_bytes()))

    return attack


def removed(name: str) -> Callable[[Path, Made], None]:
    return lambda folder, _: (folder / name).unlink()


def flipped(raw: bytes) -> bytes:
    return raw[:9000] + bytes([raw[9000] ^ 1]) + raw[9001:]


def without_notes(folder: Path, made: Made) -> None:
    sql("DELETE FROM audit_checkpoints")(folder, made)
    (folder / CHECKPOINTS).unlink()


def forged(folder: Path, _: Made) -> None:
    """A checkpoint over another root, signed with another key."""
    origin = (folder / CHECKPOINTS).read_text(encoding="utf-8").split("\n")[0]
    note = signed_notes.signed(signed_notes.checkpoint_at(origin, 999, bytes(32), NOW), PostKeys.made().signing_key)
    with (folder / CHECKPOINTS).open("ab") as file:
        file.write(note.encode() + BETWEEN)


def resigned(folder: Path, _: Made) -> None:
    """A checkpoint over another root of the past, signed with the post's own key."""
    origin = (folder / CHECKPOINTS).read_text(encoding="utf-8").split("\n")[0]
    note = signed_notes.signed(signed_notes.checkpoint_at(origin, 9, bytes(32), NOW), signing(folder))
    with (folder / CHECKPOINTS).open("ab") as file:
        file.write(note.encode() + BETWEEN)


def of_another_post(folder: Path, made: Made) -> None:
    with (folder / CHECKPOINTS).open("ab") as file:
        file.write((made.other / CHECKPOINTS).read_bytes())


def swapped_public_key(folder: Path, _: Made) -> None:
    origin = signed_notes.origin_of(json.loads((folder / FACTS).read_text(encoding="utf-8"))["id"])
    change_json(folder / FACTS, public_key=signed_notes.verifier_key(origin, PostKeys.made().signing_key.public_key()))


def swapped_keys(folder: Path, _: Made) -> None:
    """Another signing key with its public key: the store still opens."""
    raw = base64.b64decode(json.loads((folder / KEYS).read_text(encoding="utf-8"))["keys"])
    made = PostKeys(raw[:32], PostKeys.made().signing_key)
    (folder / KEYS).write_text(in_the_clear(made), encoding="utf-8")
    origin = signed_notes.origin_of(json.loads((folder / FACTS).read_text(encoding="utf-8"))["id"])
    change_json(folder / FACTS, public_key=signed_notes.verifier_key(origin, made.signing_key.public_key()))


def added_certificate(folder: Path, _: Made) -> None:
    (folder / "certificates").mkdir()
    (folder / "certificates" / "xx.cer").write_bytes(b"somebody's root")


def added_calibration(folder: Path, _: Made) -> None:
    (folder / "second-calibration").mkdir()
    (folder / "second-calibration" / "notes.txt").write_text("other numbers", encoding="utf-8")


def forged_entry(folder: Path, _: Made) -> None:
    """An entry in right form at the end, where nothing is signed yet: what the program itself would have written."""
    store = opened(folder)
    number = store.execute("SELECT count(*) FROM audit_entries").fetchone()[0]
    body = json.dumps(
        {"act": "signed.in", "actor": "admin", "at": (NOW + timedelta(hours=1)).isoformat(timespec="milliseconds"), "details": {},
         "subject": "person:admin", "training": True}, sort_keys=True, separators=(",", ":"),
    )  # fmt: skip # an entry
    salt = os.urandom(16)
    leaf = hashlib.sha256(salt + body.encode()).digest()
    store.execute("INSERT INTO audit_entries (number, commitment, salt, body) VALUES (?, ?, ?, ?)", (number, leaf, salt, body))
    tree = Frontier()
    for (each,) in store.execute("SELECT commitment FROM audit_entries ORDER BY number").fetchall():
        tree.append(each)
    store.execute("DELETE FROM audit_frontier")
    store.executemany("INSERT INTO audit_frontier (height, hash) VALUES (?, ?)", list(tree.subtrees.items()))
    closed(store)


def _rows(*names: str, finders: frozenset[Finder] = BOTH, **statements: str) -> dict[str, Attack]:
    del names
    return {name.replace("_", " "): Attack(sql(*text.split(";;")), finders) for name, text in statements.items()}


ATTACKS: dict[str, Attack] = {
    **_rows(
        verdict_turned_round=FIRST_VIEW,
        verdict_of_somebody_else="UPDATE verdicts SET officer = 'officer'",
        verdict_note_changed="UPDATE verdicts SET note = 'nothing to see'",
        verdict_moved_in_time="UPDATE verdicts SET at = '2020-01-01 00:00:00.000000'",
        verdict_removed="DELETE FROM verdicts",
        verdict_put_in="INSERT INTO verdicts (alert_id, rank, officer, view, reasons, note, at) SELECT alert_id, rank, 'supervisor', 'LEAD', reasons, note, at FROM verdicts",
        verdict_not_text="UPDATE verdicts SET note = CAST(x'ff61' AS TEXT)",
        alert_removed="PRAGMA foreign_keys = OFF;;DELETE FROM verdicts;;DELETE FROM candidates WHERE alert_id = 1;;DELETE FROM alerts WHERE id = 1",
        alert_hidden_as_replaced="UPDATE alerts SET after_id = 1 WHERE id = 2",
        alert_moved_in_time="UPDATE alerts SET raised_at = '2020-01-01 00:00:00.000000'",
        alert_put_in="INSERT INTO alerts (screening_id, raised_at) VALUES (2, '2026-11-23 09:00:00.000000')",
        candidate_distance_changed="UPDATE candidates SET distance = 0.9",
        candidate_distance_taken_away="UPDATE candidates SET distance = NULL",
        candidate_threshold_changed="UPDATE candidates SET threshold = threshold * 2",
        candidate_of_another_record="UPDATE candidates SET record_id = 2 WHERE alert_id = 1",
        candidate_of_another_purpose="UPDATE candidates SET purpose = 'INFORM'",
        candidate_removed="DELETE FROM candidates WHERE alert_id = 2",
        screening_answer_changed="UPDATE screenings SET answer = 'no lead' WHERE id = 1",
        screening_of_another_officer="UPDATE screenings SET officer = 'supervisor'",
        screening_of_another_lane="UPDATE screenings SET lane = '9'",
        screening_moved_in_time="UPDATE screenings SET at = '2026-11-22 08:00:00.000000' WHERE id = 2",
        screening_removed="DELETE FROM screenings WHERE id = 5",
        screening_put_in="INSERT INTO screenings (at, officer, lane, source, answer, reasons, face, receipt, timings_ms) SELECT at, officer, lane, source, answer, reasons, face, receipt, timings_ms FROM screenings WHERE id = 5",
        screening_picture_swapped="UPDATE screenings SET probe = (SELECT image FROM portraits WHERE id = 1) WHERE id = 1",
        screening_template_swapped="UPDATE screenings SET template = zeroblob(length(template)) WHERE id = 1",
        screening_document_changed="UPDATE screenings SET document = replace(document, 'typed', 'chip')",
        screening_reason_of_no_photograph="UPDATE screenings SET no_photo = 'asked for it' WHERE id = 3",
        receipt_counts_changed="UPDATE screenings SET receipt = replace(receipt, '\"compared\": 2', '\"compared\": 3') WHERE id = 5",
        receipt_said_complete="UPDATE screenings SET receipt = replace(receipt, '\"eligible\": 2', '\"eligible\": 1') WHERE id = 1",
        receipt_of_another_screening="UPDATE screenings SET receipt = (SELECT receipt FROM screenings WHERE id = 4) WHERE id = 5",
        receipt_emptied="UPDATE screenings SET receipt = '' WHERE id = 5",
        receipt_not_json="UPDATE screenings SET receipt = '{' WHERE id = 5",
        record_version_turned_back="UPDATE records SET version = 1 WHERE id = 2",
        record_on_another_list="UPDATE records SET watchlist_id = 2 WHERE id = 1",
        record_brought_back="UPDATE record_versions SET status = 'active'",
        record_name_changed="UPDATE record_versions SET surname = 'Else' WHERE record_id = 1",
        record_review_put_off="UPDATE record_versions SET review_date = '2036-01-01'",
        record_legal_basis_changed="UPDATE record_versions SET legal_basis = 'none'",
        record_newest_version_removed="DELETE FROM record_versions WHERE record_id = 2 AND version = 2;;UPDATE records SET version = 1 WHERE id = 2",
        record_version_put_in="INSERT INTO record_versions SELECT record_id, 3, status, surname, given_names, other_names, folded_names, birth_date, sex, nationality, document_number, legal_basis, action, review_date, changed_at, changed_by, change_reason, folded_numbers FROM record_versions WHERE record_id = 1",
        portrait_swapped="UPDATE portraits SET image = (SELECT image FROM portraits WHERE id = 2) WHERE id = 1",
        portrait_of_another_record="UPDATE portraits SET record_id = 2 WHERE id = 1",
        portrait_date_changed="UPDATE portraits SET taken_on = '1999'",
        portrait_removed="PRAGMA foreign_keys = OFF;;DELETE FROM templates WHERE portrait_id = 2;;DELETE FROM portraits WHERE id = 2",
        template_swapped="UPDATE templates SET vector = (SELECT vector FROM templates WHERE id = 2), digest = (SELECT digest FROM templates WHERE id = 2) WHERE id = 1",
        template_pushed_away="UPDATE templates SET normaliser = 9.0",
        template_removed="DELETE FROM templates WHERE id = 1",
        person_with_another_role="UPDATE people SET role = 'administrator' WHERE login = 'officer'",
        person_with_another_password="UPDATE people SET password_hash = (SELECT password_hash FROM people WHERE login = 'officer') WHERE login = 'admin'",
        person_who_left_is_back="UPDATE people SET left_at = NULL",
        person_put_in="INSERT INTO people (login, name, role, password_hash, failures, created_at) SELECT 'ghost', 'Ghost', 'administrator', password_hash, 0, created_at FROM people WHERE login = 'admin'",
        person_removed="DELETE FROM people WHERE login = 'leaver'",
        everybody_removed="DELETE FROM people",
        budget_changed="UPDATE settings SET value = replace(value, '4.0', '40.0') WHERE value LIKE '%PROTECT%'",
        setting_removed="DELETE FROM settings WHERE name = 'lane'",
        setting_put_in="INSERT INTO settings (name, value) VALUES ('alert_most', '20')",
        second_copy_turned_off="UPDATE settings SET value = '\"\"' WHERE name = 'second_copy'",
        threshold_changed="UPDATE thresholds SET points = replace(points, 'distance', 'distant')",
        threshold_removed="DELETE FROM thresholds WHERE id = 1",
        budget_asked_by_another="UPDATE budget_proposals SET by = 'admin'",
        budget_decided_by_another="UPDATE budget_decisions SET by = 'supervisor'",
        list_of_another_purpose="UPDATE watchlists SET purpose = 'REFER' WHERE id = 1",
        list_of_another_owner="UPDATE watchlists SET owner = 'Nobody'",
        companion_removed="DELETE FROM companions",
        group_opened_by_another="UPDATE travel_groups SET opened_by = 'supervisor'",
        commitment_changed="UPDATE row_bindings SET digest = " + BLANK + " WHERE kind = 'people'",
        commitments_removed="DELETE FROM row_bindings WHERE kind = 'verdicts'",
        commitments_put_in="INSERT INTO row_bindings SELECT entry, 'verdicts', '9', digest, salt FROM row_bindings WHERE kind = 'verdicts'",
        commitment_of_another_row="UPDATE row_bindings SET key = '4' WHERE kind = 'receipts' AND key = '5';;UPDATE screenings SET lane = lane",
        entry_changed="UPDATE audit_entries SET body = replace(body, 'NOT_THIS', 'LEAD_THIS')",
        entry_removed="DELETE FROM audit_entries WHERE number = 5",
        entry_put_in="UPDATE audit_entries SET number = 1000 WHERE number = (SELECT max(number) FROM audit_entries);;INSERT INTO audit_entries SELECT (SELECT max(number) FROM audit_entries WHERE number < 1000) + 1, commitment, salt, body FROM audit_entries WHERE number = 3",
        entries_moved="UPDATE audit_entries SET number = -1 WHERE number = 5;;UPDATE audit_entries SET number = 5 WHERE number = 6;;UPDATE audit_entries SET number = 6 WHERE number = -1",
        entry_earlier_than_the_one_before="UPDATE audit_entries SET body = replace(body, '2026-11-23', '2026-11-20') WHERE number = 7",
        entry_not_json="UPDATE audit_entries SET body = '{' WHERE number = 4",
        entry_not_text="UPDATE audit_entries SET body = CAST(x'ff' AS TEXT) WHERE number = 4",
    ),
    **_rows(
        finders=frozenset({Finder.OPENING}),
        tree_removed="DELETE FROM audit_frontier WHERE height = 0",
        tree_changed="UPDATE audit_frontier SET hash = " + BLANK,
        checkpoints_in_the_store_removed="DELETE FROM audit_checkpoints WHERE size < (SELECT max(size) FROM audit_checkpoints)",
        checkpoint_of_another_size="UPDATE audit_checkpoints SET size = size + 1 WHERE size = (SELECT max(size) FROM audit_checkpoints)",
    ),
    **_rows(
        finders=frozenset({Finder.REFUSED}),
        end_of_the_log_cut="DELETE FROM audit_entries WHERE number > 20;;DELETE FROM audit_frontier",
        log_emptied="DELETE FROM audit_entries;;DELETE FROM audit_frontier",
        schema_version_removed="DROP TABLE alembic_version;;UPDATE settings SET value = value",
    ),
    "guards dropped": Attack(
        lambda folder, _: closed_after(folder, "DROP TRIGGER verdicts_update"), frozenset({Finder.OPENING})
    ),
    "log rewritten with its tree": Attack(rewritten_log, BOTH),
    "verdict and its digest changed": Attack(rebound_verdict, BOTH),
    "checkpoint altered inside": Attack(
        sql("UPDATE audit_checkpoints SET note = replace(note, 'screenings=', 'screenings=1')"), BOTH
    ),
    "store emptied to 0 bytes": Attack(bytes_at(STORE, lambda _: b""), frozenset({Finder.REFUSED})),
    "store removed": Attack(removed(STORE), frozenset({Finder.REFUSED})),
    "store of noise": Attack(bytes_at(STORE, lambda raw: os.urandom(len(raw))), frozenset({Finder.REFUSED})),
    "store cut": Attack(bytes_at(STORE, lambda raw: raw[: len(raw) // 8192 * 4096]), frozenset({Finder.REFUSED})),
    "byte of the store flipped": Attack(bytes_at(STORE, flipped), frozenset({Finder.REFUSED})),
    "store of another post": Attack(of_another, frozenset({Finder.REFUSED})),
    "older store": Attack(older_store, frozenset({Finder.REFUSED})),
    "checkpoints outside removed": Attack(removed(CHECKPOINTS), frozenset({Finder.OPENING})),
    "checkpoints outside emptied": Attack(bytes_at(CHECKPOINTS, lambda _: b""), frozenset({Finder.OPENING})),
    "checkpoints outside cut": Attack(
        bytes_at(CHECKPOINTS, lambda raw: BETWEEN.join(raw.split(BETWEEN)[:2]) + BETWEEN), frozenset({Finder.OPENING})
    ),
    "checkpoint outside altered": Attack(
        bytes_at(CHECKPOINTS, lambda raw: raw.replace(b"people=6", b"people=7")), frozenset({Finder.OPENING})
    ),
    "checkpoint outside not text": Attack(
        bytes_at(CHECKPOINTS, lambda raw: raw + b"\xff\xfe\x00"), frozenset({Finder.OPENING})
    ),
    "noise instead of checkpoints": Attack(
        bytes_at(CHECKPOINTS, lambda raw: bytes(range(256)) * (len(raw) // 256)), frozenset({Finder.OPENING})
    ),
    "half of a forged checkpoint": Attack(bytes_at(CHECKPOINTS, lambda raw: raw + raw[:40]), frozenset({Finder.OPENING})),
    "checkpoint of another key": Attack(forged, frozenset({Finder.OPENING})),
    "checkpoint of another past": Attack(resigned, frozenset({Finder.OPENING})),
    "checkpoint of another post": Attack(of_another_post, frozenset({Finder.OPENING})),
    "all checkpoints removed, inside and out": Attack(without_notes, frozenset({Finder.OPENING})),
    "public key exchanged": Attack(swapped_public_key, frozenset({Finder.OPENING})),
    "both keys exchanged": Attack(swapped_keys, frozenset({Finder.OPENING})),
    "facts of the post changed": Attack(
        lambda folder, _: change_json(folder / FACTS, name="Another"), frozenset({Finder.OPENING})
    ),
    "certificate of a State added": Attack(added_certificate, frozenset({Finder.ENTRY})),
    "calibration added": Attack(added_calibration, frozenset({Finder.ENTRY})),
    "whole folder put back in time": Attack(older_folder, frozenset({Finder.REFUSED, Finder.COPY})),
    "folder and second copy put back in time": Attack(older_everywhere, frozenset({Finder.NOBODY})),
    "entry forged behind the last signature": Attack(forged_entry, frozenset({Finder.NOBODY})),
}


def closed_after(folder: Path, statement: str) -> None:
    store = opened(folder)
    store.execute(statement)
    closed(store)
