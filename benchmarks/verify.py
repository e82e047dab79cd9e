"""How long a long log takes to verify: python benchmarks/verify.py [--entries N]

Makes a post whose log tells of N acts (a third of them screenings, with rows and signed receipts), written in bulk with
the same commitments, and times the whole verification, the opening, and the stand-alone verifier, each in one process.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from workstation.accountability import audit_verifier, binding, contents, log, signed_notes
from workstation.accountability.merkle import Frontier
from workstation.post.log_signing import CHECKPOINTS
from workstation.post.post import Post, create_post, open_post
from workstation.schema import FrontierRow
from workstation.search import receipts
from workstation.search.receipts import Receipt

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
EVERY = 50
REASONS = json.dumps(["The picture is poor, so a listed person may not be found. Ask for more light."])
TOOK = json.dumps({"look": 31.0, "encode": 96.1, "search": 3.2})
FACE = json.dumps({"box": [100, 120, 380, 460], "quality": {"eye distance": 96.5, "sharpness": 61.0, "light": 88.0}})


def receipt(post: Post, at: str, number: int) -> str:
    """A receipt as a screening keeps it."""
    unsigned = Receipt(
        post=post.facts.id, at=at, encoder="e" * 64, probe=hashlib.sha256(str(number).encode()).hexdigest(), threshold=0.41,
        snapshot="5" * 64, list_versions={"1": 12, "2": 7}, eligible=5000, compared=5000, excluded={}, checksum="c" * 32,
        nearest=(0.61, 0.63, 0.66), complete=True,
    )  # fmt: skip # a record of names and values
    return receipts.sign(unsigned, post.signing_key).text()


def fill(post: Post, entries: int) -> None:
    """Write the acts of `entries` entries past the session, with the same commitments, tree and checkpoints."""
    with post.store.writing() as session:
        connection = session.connection()
        tree = log.stored_frontier(session)
        notes: list[str] = []
        kind, kept = contents.kinds()["screenings"], contents.kinds()[contents.RECEIPTS]
        while tree.size < entries:
            rows, bound, screenings = [], [], []
            for number in range(tree.size, min(tree.size + 10_000, entries)):
                at = (BEGAN + timedelta(seconds=2 * number)).isoformat(timespec="milliseconds")
                body: dict[str, Any] = {
                    "at": at, "actor": f"officer{number % 7}", "act": "screening.closed", "subject": f"screening:{number // 3}",
                    "details": {}, "training": True,
                }  # fmt: skip # an entry
                if number % 3 == 0:
                    row = (
                        number // 3 + 1, at.replace("T", " ")[:23] + "000", body["actor"], "1", "camera:0", "no lead", REASONS,
                        FACE, receipt(post, at, number), TOOK,
                    )  # fmt: skip # a row
                    screenings.append(row)
                    made = [(number, *each) for each in _bound(kind, kept, row)]
                    bound += made
                    body["act"] = "screened"
                    body["details"] = {
                        "answer": "no lead",
                        "compared": 5000,
                        "eligible": 5000,
                        "complete": True,
                        "snapshot": "5" * 64,
                    }
                    body["rows"] = {"count": len(made), "root": binding.root(each[1:4] for each in made)}
                text, salt = json.dumps(body, sort_keys=True, separators=(",", ":")), os.urandom(16)
                leaf = hashlib.sha256(salt + text.encode()).digest()
                rows.append((number, leaf, salt, text))
                tree.append(leaf)
                if tree.size % EVERY == 0 or tree.size == entries:
                    note = signed_notes.checkpoint_at(post.origin, tree.size, tree.root(), datetime.fromisoformat(at))
                    notes.append(signed_notes.signed(note, post.signing_key))
            connection.exec_driver_sql("INSERT INTO audit_entries (number, commitment, salt, body) VALUES (?, ?, ?, ?)", rows)
            connection.exec_driver_sql(
                "INSERT INTO screenings (id, at, officer, lane, source, answer, reasons, face, receipt, timings_ms)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                screenings,
            )
            connection.exec_driver_sql(
                "INSERT INTO row_bindings (entry, kind, key, digest, salt) VALUES (?, ?, ?, ?, ?)", bound
            )
        sizes = [(int(note.split("\n", 2)[1]), note) for note in notes]
        connection.exec_driver_sql("INSERT INTO audit_checkpoints (size, note) VALUES (?, ?)", sizes)
        _keep(session, tree)
    with (post.folder / CHECKPOINTS).open("a", encoding="utf-8") as file:
        file.write("".join(f"{note}\n=====\n" for note in notes))


def _bound(kind: contents.Kind, kept: contents.Kind, row: tuple[Any, ...]) -> Iterator[tuple[str, str, bytes, bytes]]:
    names = ("id", "at", "officer", "lane", "source", "answer", "reasons", "face", "receipt", "timings_ms")
    values = {"document": "", "no_photo": "", "notes": "[]"} | dict(zip(names, row, strict=True))
    for each in (kind, kept):
        key, content = each.read((values["id"], *(values.get(column) for column in each.columns)))
        salt = os.urandom(16)
        yield each.name, key, contents.digest(salt, content), salt


def _keep(session: Any, tree: Frontier) -> None:
    session.query(FrontierRow).delete()
    session.add_all(FrontierRow(height=height, hash=node) for height, node in tree.subtrees.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "post"
        post = create_post(folder, "Benchmark", training=True, now=BEGAN - timedelta(days=1))
        fill(post, given.entries)
        post.close()
        started = time.perf_counter()
        post = open_post(folder)
        opened = time.perf_counter() - started
        started, cpu = time.perf_counter(), time.process_time()
        report = post.verify_audit()
        took, used = time.perf_counter() - started, time.process_time() - cpu
        print(f"store of {(folder / 'store.db').stat().st_size / 2**20:.0f} MiB, {report.checkpoints} checkpoints")
        print(f"opening: {opened:.2f} s, faults: {len(post.faults)}")
        print(f"{report.size} entries, {report.rows} rows, {report.receipts} receipts: {took:.1f} s ({used:.1f} s of one core)")
        for fault in report.faults[:5]:
            print(fault)
        export = Path(home) / "export.jsonl"
        started = time.perf_counter()
        post.export_audit(export)
        print(f"export: {time.perf_counter() - started:.1f} s, {export.stat().st_size / 2**20:.0f} MiB")
        post.close()
        started = time.perf_counter()
        command = [sys.executable, "-I", audit_verifier.__file__, str(export), "--key", post.facts.public_key]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
        print(f"stand-alone verifier: {time.perf_counter() - started:.1f} s, {done.stdout.strip().splitlines()[-1]}")


if __name__ == "__main__":
    main()
