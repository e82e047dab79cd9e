"""INTERPOL notices as JSON: one notice, or a list of them, with pictures beside it named by `picture_id` or by the notice.

Shapes: public notice service, `/notices/v1/{red|yellow|un}` and the details behind it. Traps of theirs: `entity_id` is
"2021/75051" where its link says "2021-75051"; dates are 1975/00/00 and 0000/00/00; a name may be "ANGELOV (STOYANOV)", "-" or
null; States have two letters.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from watchlists.exchange import signs
from watchlists.exchange.dates import read_date
from watchlists.exchange.incoming import DeliveredRow, Delivery, Incoming, IncomingPhoto
from watchlists.exchange.json_text import mapping_of, text_of, texts_of
from watchlists.exchange.remarks import FileRefused, Remark, remark
from watchlists.exchange.usual import Usual, delivered, not_kept, review_said
from watchlists.records.purposes import Purpose
from watchlists.records.records import Particulars, RecordRefused
from watchlists.traits import states

KINDS: Mapping[str, tuple[Purpose, str]] = {
    "red": (Purpose.REFER, "Ask a second officer. Confirm with the National Central Bureau before anything else."),
    "yellow": (Purpose.PROTECT, "Speak with the person alone and calmly. Call the protection unit. Never an arrest."),
    "blue": (Purpose.INFORM, "Note place, companions and document. Tell the National Central Bureau."),
    "black": (Purpose.INFORM, "Tell the National Central Bureau: the notice is about a person who was found dead."),
    "un": (Purpose.REFER, "Ask a second officer. Confirm with the sanctions authority before anything else."),
}
UNNAMED = "UNKNOWN"
_READ = {
    "entity_id", "name", "forename", "date_of_birth", "sex_id", "nationalities", "arrest_warrants", "un_reference", "_links",
    "_embedded", "images", "notice_type", "kind",
}  # fmt: skip # a table
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp", ".jp2"}


def is_notices(parsed: object) -> bool:
    return any("entity_id" in each for each in _entries(parsed))


def from_notices(parsed: object, beside: Sequence[str], usual: Usual, today: date, kind: str = "") -> Delivery:
    """The notices of one file. `beside`: files below its folder. `kind`: for notices that do not say theirs."""
    pictures = _by_stem(beside)
    rows: list[DeliveredRow] = []
    lost: set[str] = set()
    for line, notice in enumerate(_entries(parsed), start=1):
        told: list[Remark] = []
        name = " ".join(filter(None, (text_of(notice.get("name")), text_of(notice.get("forename")))))
        lost |= {key for key, value in notice.items() if key not in _READ and value not in (None, "", [], {})}
        try:
            build: Incoming | RecordRefused = _incoming(notice, pictures, usual, today, kind, told)
        except RecordRefused as refusal:
            build = refusal
        rows.append(delivered(line, name or text_of(notice.get("entity_id")), build, tuple(told)))
    if not rows:
        raise FileRefused("The file holds no notice. Save the list or the notice itself as JSON.")
    return Delivery("INTERPOL notices", tuple(rows), (*review_said(usual, today), *not_kept(lost)))


def _entries(parsed: object) -> Iterator[Mapping[str, Any]]:
    found = parsed
    if isinstance(parsed, dict):
        listed = mapping_of(parsed.get("_embedded")).get("notices", parsed.get("notices"))
        found = listed if isinstance(listed, list) else [parsed]
    if isinstance(found, list):
        yield from (each for each in found if isinstance(each, dict))


def _incoming(
    notice: Mapping[str, Any],
    pictures: Mapping[str, list[str]],
    usual: Usual,
    today: date,
    usual_kind: str,
    told: list[Remark],
) -> Incoming:
    reference = text_of(notice.get("entity_id")).replace("-", "/")
    if not re.fullmatch(r"\d{4}/\d{1,9}", reference):
        raise RecordRefused("“{text}” is not the number of a notice, such as 2021/75051.", "reference", text=reference[:40])
    kind = kind_of(notice) or usual_kind
    if kind not in KINDS:
        raise RecordRefused(
            "Notice {number} does not say of which colour it is. Name it: red, yellow, blue, black or un.",
            "kind",
            number=reference,
        )
    purpose, action = KINDS[kind]
    surname, others = _name(text_of(notice.get("name")))
    given, more = _name(text_of(notice.get("forename")))
    photos = tuple(IncomingPhoto(each) for each in _pictures(notice, reference, pictures))
    if not surname and not given:
        told.append(remark("The notice has no name: only the photograph finds the person.", "surname"))
    nationalities = [states.state(each) for each in texts_of(notice.get("nationalities"))]
    if len(nationalities) > 1:
        told.append(
            remark("Further nationalities are not kept: {codes}.", "nationality", codes=", ".join(nationalities[1:])[:80])
        )
    particulars = Particulars(
        surname=surname or given or UNNAMED,
        given_names=given if surname else "",
        other_names=(*others, *more),
        birth_date=read_date(text_of(notice.get("date_of_birth")), "birth_date", today),
        sex=_sex(text_of(notice.get("sex_id"))),
        nationality=nationalities[0] if nationalities else "",
        legal_basis=_basis(notice, kind, reference),
        action=action,
    )
    return Incoming(usual.list_name, usual.over(particulars, today), f"INTERPOL {reference}", photos, purpose=purpose)


def kind_of(notice: Mapping[str, Any]) -> str:
    """The colour of a notice, from what it says of itself; empty when it does not."""
    said = text_of(notice.get("notice_type")) or text_of(notice.get("kind"))
    for kind in KINDS:
        if said.casefold().split(" ")[0] == kind:
            return kind
    links = mapping_of(notice.get("_links"))
    for link in ("self", "images", "thumbnail"):
        found = re.search(r"/notices/v\d+/(\w+)/", text_of(mapping_of(links.get(link)).get("href")))
        if found and found[1] in KINDS:
            return found[1]
    if notice.get("un_reference"):
        return "un"
    if notice.get("arrest_warrants"):
        return "red"
    return "yellow" if {"date_of_event", "father_name", "mother_name"} & notice.keys() else ""


def _name(text: str) -> tuple[str, list[str]]:
    """A name and those that stand beside it in brackets: ANGELOV (STOYANOV)."""
    clean = signs.cleaned(text, "surname").text
    others = [each.strip() for each in _IN_BRACKETS.findall(clean) if each.strip(" -")]
    main = " ".join(_IN_BRACKETS.sub(" ", clean).split()).strip("-").strip()
    return (main, others) if main else (others[0], others[1:]) if others else ("", [])


def _sex(text: str) -> str:
    return text.upper() if text.upper() in {"F", "M"} else ""


def _basis(notice: Mapping[str, Any], kind: str, reference: str) -> str:
    warrants = notice.get("arrest_warrants")
    first = mapping_of(warrants[0]) if isinstance(warrants, list) and warrants else {}
    state, charge = (
        text_of(first.get("issuing_country_id")),
        text_of(first.get("charge_translation")) or text_of(first.get("charge")),
    )
    more = ": ".join(filter(None, (states.state(state) if state else "", signs.cleaned(charge, "legal_basis").text)))
    un = text_of(notice.get("un_reference"))
    basis = f"INTERPOL {kind} notice {reference}" + (f", {un}" if un else "")
    whole = f"{basis} ({more})" if more else basis
    return whole if len(whole) <= 200 else whole[:198] + "…)"


def _by_stem(beside: Sequence[str]) -> dict[str, list[str]]:
    """Pictures by the name of their file without its ending, and by the folder in which they lie."""
    found: dict[str, list[str]] = {}
    for name in sorted(beside):
        path = PurePosixPath(name)
        if path.suffix.lower() in _PICTURES:
            found.setdefault(path.stem, []).append(name)
            found.setdefault(path.parent.name, []).append(name)
    return found


def _pictures(notice: Mapping[str, Any], reference: str, pictures: Mapping[str, list[str]]) -> list[str]:
    inside = mapping_of(notice.get("_embedded")).get("images", notice.get("images"))
    idents = [text_of(mapping_of(each).get("picture_id")) for each in inside] if isinstance(inside, list) else []
    thumbnail = text_of(mapping_of(mapping_of(notice.get("_links")).get("thumbnail")).get("href"))
    keys = [*idents, thumbnail.rsplit("/", 1)[-1], reference.replace("/", "-")]
    return list(dict.fromkeys(name for key in keys if key for name in pictures.get(key, [])))
