"""FollowTheMoney entities, one JSON object a line (OpenSanctions `entities.ftm.json`, or nested targets).

A person's sanctions and documents are entities of their own that point at it (`entity`, `holder`), or stand inside it.
Model: followthemoney 4, schemata Person, Sanction, Passport and Identification. Dates are prefixes: 1980, 1980-03.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from watchlists.exchange import signs
from watchlists.exchange.dates import read_date
from watchlists.exchange.incoming import DeliveredRow, Delivery, Incoming
from watchlists.exchange.json_text import mapping_of, read_json, text_of, texts_of
from watchlists.exchange.remarks import FileRefused, Remark, remark
from watchlists.exchange.table_rows import LONGEST_REFERENCE
from watchlists.exchange.usual import Usual, delivered, not_kept, review_said
from watchlists.records.purposes import Purpose
from watchlists.records.records import Particulars, RecordRefused
from watchlists.traits import states

_DOCUMENTS = {"Passport", "Identification"}
_READ = {
    "name", "alias", "weakAlias", "previousName", "firstName", "lastName", "birthDate", "gender", "nationality", "citizenship",
    "country", "passportNumber", "idNumber", "topics", "sanctions", "sanctionEntity", "passport", "passportEntity",
    "identificiation", "identification",
}  # fmt: skip # a table; "identificiation" is how the model spells it
_ACTIONS = (
    ("wanted", Purpose.REFER, "Ask a second officer. Confirm with the source before anything else."),
    ("sanction", None, "Note, and tell the owner of the list."),
)
_MOST_OTHERS = 380
"""Characters of further names; a record holds 400."""


def is_entities(text: str) -> bool:
    first = text.lstrip().split("\n", 1)[0]
    return first.startswith("{") and '"schema"' in first and '"properties"' in first


def from_entities(text: str, usual: Usual, today: date) -> Delivery:
    """The people of a file, each with its sanctions and documents. FileRefused names the line that is not JSON."""
    people: list[tuple[int, Mapping[str, Any]]] = []
    beside: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    others: dict[str, int] = defaultdict(int)
    for line, entity in _lines(text):
        schema = text_of(entity.get("schema"))
        if schema == "Person":
            people.append((line, entity))
        elif schema == "Sanction" or schema in _DOCUMENTS:
            for owner in texts_of(_properties(entity).get("entity" if schema == "Sanction" else "holder")):
                beside[owner].append(entity)
        else:
            others[schema or "?"] += 1
    if not people:
        raise FileRefused("The file holds no person. Choose a file of entities with the schema Person.")
    rows, lost = [], set[str]()
    for line, person in people:
        about = [*beside.get(text_of(person.get("id")), []), *_nested(person)]
        lost |= {name for name, value in _properties(person).items() if name not in _READ and value}
        rows.append(_row(line, person, about, usual, today))
    left = remark(
        "Entities that are not people were left out: {kinds}.",
        kinds=", ".join(f"{count} {kind}" for kind, count in others.items()),
    )
    told = (*review_said(usual, today), *not_kept(lost), *((left,) if others else ()))
    return Delivery("FollowTheMoney entities", tuple(rows), told)


def _lines(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            parsed = read_json(line, f"Line {number}")
            if not isinstance(parsed, dict) or not isinstance(parsed.get("properties"), dict):
                raise FileRefused(
                    "Line {line} is not an entity of FollowTheMoney. One JSON object stands on a line.", line=number
                )
            yield number, parsed


def _row(line: int, person: Mapping[str, Any], about: list[Mapping[str, Any]], usual: Usual, today: date) -> DeliveredRow:
    told: list[Remark] = []
    name = text_of(person.get("caption")) or next(iter(texts_of(_properties(person).get("name"))), "")
    try:
        build: Incoming | RecordRefused = _incoming(person, about, usual, today, told)
    except RecordRefused as refusal:
        build = refusal
    return delivered(line, name, build, tuple(told))


def _incoming(
    person: Mapping[str, Any], about: list[Mapping[str, Any]], usual: Usual, today: date, told: list[Remark]
) -> Incoming:
    said = _properties(person)
    reference = text_of(person.get("id"))
    if not reference or len(reference) > LONGEST_REFERENCE:
        raise RecordRefused("The entity has no id that can be kept.", "reference")
    surname, given, others = _names(person, said)
    topics = texts_of(said.get("topics"))
    purpose, action = next(((why, words) for topic, why, words in _ACTIONS if topic in topics), (None, ""))
    particulars = Particulars(
        surname=surname,
        given_names=given,
        other_names=_as_fit(others, told),
        birth_date=_born(texts_of(said.get("birthDate")), today, told),
        sex={"male": "M", "female": "F", "other": "X"}.get(next(iter(texts_of(said.get("gender"))), "").casefold(), ""),
        nationality=_nationality([*texts_of(said.get("nationality")), *texts_of(said.get("citizenship"))], told),
        document_number=_numbers(said, about, told),
        legal_basis=_basis(person, about),
        action=action,
    )
    return Incoming(usual.list_name, usual.over(particulars, today), reference, (), purpose=purpose)


def _names(person: Mapping[str, Any], said: Mapping[str, Any]) -> tuple[str, str, list[str]]:
    """Surname, given names, and every other name. Where the parts are not told the whole name stands as the surname."""

    def clean(values: Iterable[str]) -> list[str]:
        return [done for each in values if (done := signs.cleaned(each, "surname").text)]

    whole = clean([text_of(person.get("caption")), *texts_of(said.get("name"))])
    last, first = clean(texts_of(said.get("lastName"))), clean(texts_of(said.get("firstName")))
    others = clean([*texts_of(said.get("alias")), *texts_of(said.get("previousName")), *texts_of(said.get("weakAlias"))])
    if last and first:
        names = [*whole, *others]
        return (
            last[0],
            first[0],
            [each for each in dict.fromkeys(names) if each.casefold() != f"{first[0]} {last[0]}".casefold()],
        )
    if not whole:
        raise RecordRefused("The entity has no name.", "surname")
    return whole[0], "", list(dict.fromkeys(each for each in [*whole[1:], *others] if each != whole[0]))


def _as_fit(others: list[str], told: list[Remark]) -> tuple[str, ...]:
    """As many further names as a record holds, in the order of the source; how many were left out is said."""
    kept, length = [], 0
    for each in others:
        if length + len(each) + 1 <= _MOST_OTHERS:
            kept.append(each)
            length += len(each) + 1
    if len(kept) < len(others):
        told.append(
            remark("{count} further names do not fit and are not searched.", "other_names", count=len(others) - len(kept))
        )
    return tuple(kept)


def _born(values: list[str], today: date, told: list[Remark]) -> str:
    """The most precise date; others that contradict it are named."""
    read = sorted({read_date(each, "birth_date", today) for each in values}, key=lambda each: (-len(each), each))
    other = [each for each in read[1:] if not read[0].startswith(each)]
    if other:
        told.append(remark("The source also names these dates of birth: {dates}.", "birth_date", dates=", ".join(other)[:120]))
    return read[0] if read else ""


def _nationality(codes: list[str], told: list[Remark]) -> str:
    several = list(dict.fromkeys(states.state(each) for each in codes))
    if len(several) > 1:
        told.append(remark("Further nationalities are not kept: {codes}.", "nationality", codes=", ".join(several[1:])[:80]))
    return several[0] if several else ""


def _numbers(said: Mapping[str, Any], about: list[Mapping[str, Any]], told: list[Remark]) -> str:
    """Every number with its State where it is told, parted by semicolons; each once."""
    found: dict[str, str] = dict.fromkeys([*texts_of(said.get("passportNumber")), *texts_of(said.get("idNumber"))], "")
    for each in about:
        if text_of(each.get("schema")) in _DOCUMENTS:
            state = next(iter(texts_of(_properties(each).get("country"))), "")
            found |= dict.fromkeys(texts_of(_properties(each).get("number")), states.state(state) if state else "")
    kept, length = [], 0
    for number, state in found.items():
        clean = signs.cleaned(number, "document_number").text.replace(";", " ").strip()
        shown = f"{clean} ({state})" if state and "(" not in clean else clean
        if clean and length + len(shown) <= 38:
            kept.append(shown)
            length += len(shown) + 2
    if len(kept) < len(found):
        told.append(remark("{count} numbers do not fit and are not searched.", "document_number", count=len(found) - len(kept)))
    return "; ".join(kept)


def _basis(person: Mapping[str, Any], about: list[Mapping[str, Any]]) -> str:
    parts: list[str] = []
    for each in about:
        if text_of(each.get("schema")) == "Sanction":
            said = _properties(each)
            parts += [
                text for name in ("authority", "program", "unscId", "authorityId") for text in texts_of(said.get(name))[:1]
            ]
    whole = ", ".join(dict.fromkeys(parts or texts_of(person.get("datasets"))))
    clean = signs.cleaned(whole, "legal_basis").text
    return clean if len(clean) <= 200 else clean[:199] + "…"


def _nested(person: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Entities that stand inside the person's properties."""
    return [
        each for value in _properties(person).values() if isinstance(value, list) for each in value if isinstance(each, dict)
    ]


def _properties(entity: Mapping[str, Any]) -> Mapping[str, Any]:
    return mapping_of(entity.get("properties"))
