"""What may leave: the fields named here and no other, as a table or as FollowTheMoney entities.

A field that is added to a record stays inside until it is named here. No photograph's template, no note of a person and no
history ever leaves. No cell of a table begins a formula of a spreadsheet.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from watchlists.exchange.signs import FORMULA
from watchlists.records.purposes import Purpose
from watchlists.records.records import WITHDRAWN, Watchlist
from watchlists.records.standing import Standing
from watchlists.traits import numbers, states

COLUMNS = (
    "list", "reference", "surname", "given_names", "other_names", "birth_date", "sex", "nationality", "document_number",
    "legal_basis", "action", "review_date", "status",
)  # fmt: skip # a table
_PERSON = COLUMNS[2:12]
_TOPICS = {Purpose.REFER: ["wanted"], Purpose.INFORM: ["poi"], Purpose.PROTECT: [], Purpose.DOCUMENT: []}


@dataclass(frozen=True, slots=True)
class LeavingRecord:
    watchlist: Watchlist
    standing: Standing

    @property
    def reference(self) -> str:
        """The source's own key, or one that names this record of this list."""
        return self.standing.reference or f"{self.watchlist.id}-{self.standing.record_id}"

    @property
    def withdrawn(self) -> bool:
        return self.standing.status == WITHDRAWN


def ordered(records: Iterable[LeavingRecord]) -> list[LeavingRecord]:
    """Withdrawn ones first: whoever reads a part of the file has read them."""
    return sorted(records, key=lambda each: (not each.withdrawn, each.watchlist.id, each.standing.record_id))


def as_csv(records: Sequence[LeavingRecord]) -> str:
    """A table that this program reads again as it stands."""
    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for each in ordered(records):
        given = each.standing.particulars
        told = {name: getattr(given, name) for name in _PERSON} | {"other_names": "|".join(given.other_names)}
        told |= {"list": each.watchlist.name, "reference": each.reference, "status": each.standing.status}
        table.writerow([harmless(str(told[name])) for name in COLUMNS])
    return lines.getvalue()


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before the sign, as OWASP advises (CSV Injection)."""
    return f"'{text}" if text.lstrip(" \u00a0'").startswith(FORMULA) or text.startswith("'") else text


def as_entities(records: Sequence[LeavingRecord]) -> Iterator[str]:
    """FollowTheMoney, one JSON object a line: a Person, and a Passport for each number of which the State is known."""
    for each in ordered(records):
        given, ident = each.standing.particulars, f"amaan-{each.reference}"
        name = " ".join(filter(None, (given.given_names, given.surname)))
        written = numbers.written(given.document_number)
        said = {
            "name": [name] if name else [],
            "firstName": [given.given_names],
            "lastName": [given.surname],
            "alias": list(given.other_names),
            "birthDate": [given.birth_date],
            "gender": [{"F": "female", "M": "male", "X": "other"}.get(given.sex, "")],
            "nationality": [_two_letters(given.nationality)],
            "idNumber": [number.folded for number in written if not number.state],
            "topics": _TOPICS[each.watchlist.purpose],
        }
        schema = "Person" if name else "Passport"
        if schema == "Person":
            yield _entity(ident, schema, name, {**said, "sanctions": []}, each.withdrawn)
        for place, number in enumerate(written if schema == "Passport" else [one for one in written if one.state], start=1):
            held = {"holder": [ident] if name else [], "number": [number.folded], "country": [_two_letters(number.state)]}
            yield _entity(f"{ident}-document-{place}", "Passport", number.folded, held, each.withdrawn)
        reason = {
            "entity": [ident], "authority": [each.watchlist.owner], "program": [each.watchlist.name],
            "reason": [given.legal_basis], "provisions": [given.action], "status": [each.standing.status],
        }  # fmt: skip # a table
        if name:
            yield _entity(f"{ident}-ground", "Sanction", each.watchlist.name, reason, each.withdrawn)


def _two_letters(code: str) -> str:
    """As FollowTheMoney writes States: ISO 3166-1, small; empty for a code that it does not have."""
    return states.TWO_LETTERS.get(states.state(code), "").lower()


def _entity(ident: str, schema: str, caption: str, properties: dict[str, list[str]], withdrawn: bool) -> str:  # noqa: FBT001 - a part of what is written
    kept = {name: [value for value in values if value] for name, values in properties.items()}
    whole: dict[str, object] = {
        "id": ident, "schema": schema, "caption": caption,
        "properties": {name: values for name, values in kept.items() if values},
    }  # fmt: skip # a table
    if withdrawn:
        whole["withdrawn"] = True
    return json.dumps(whole, ensure_ascii=False)
