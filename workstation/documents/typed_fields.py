"""A document typed field by field, because it has no zone, or none that can be read; or what a traveller without one says.

The same things are searched as of a zone. No check digit covers any of it, and that is said.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from watchlists.records.records import OLDEST
from watchlists.traits import states
from watchlists.traits.number_fields import fold
from workstation.errors import OperatorError
from workstation.sentences import Code, Sentence

LONGEST_NAME, LONGEST_NUMBER = 80, 40


class Kind(StrEnum):
    PASSPORT = "passport"
    CNIC = "CNIC"
    """Pakistan's identity card: thirteen digits, as 35202-1234567-1."""
    TAZKIRA = "tazkira"
    """Afghanistan's identity document."""
    EMERGENCY = "emergency paper"
    OTHER = "other document"
    NONE = "no document"
    """Only what the traveller says."""


class FieldRefused(OperatorError):
    """`field` names the answer that cannot stand."""

    def __init__(self, template: str, field: str, **values: object) -> None:
        super().__init__(template, **values)
        self.field = field


@dataclass(frozen=True, slots=True)
class Fields:
    kind: Kind
    surname: str = ""
    given_names: str = ""
    born: str = ""
    """ISO 8601, as much as is known."""
    number: str = ""
    state: str = ""
    """Of issue, as in Doc 9303."""
    sex: str = ""
    """F, M, X, or empty."""


STATED = Sentence("The name is as the traveller says it; no document was seen.", code=Code.STATED)
UNCOVERED = Sentence("Typed field by field: no check digit covers it. Compare it with the document again.", code=Code.UNCOVERED)
NO_BIRTH = Sentence(
    "Without a date of birth a name makes nobody a candidate. Ask for the date, or for the year at least.", code=Code.NO_BIRTH
)


def checked(fields: Fields, today: date) -> Fields:
    """The fields in their clean form. FieldRefused names the first that cannot stand; `born` is ISO 8601 or empty already."""
    clean = replace(
        fields,
        surname=" ".join(fields.surname.split()),
        given_names=" ".join(fields.given_names.split()),
        number=" ".join(fields.number.split()),
        state=fields.state.strip().upper(),
    )
    named = bool(clean.surname or clean.given_names)
    if clean.kind is Kind.NONE and clean.number:
        raise FieldRefused("There is a number, so that there is a document. Choose its kind.", "kind")
    if not named and (clean.kind is Kind.NONE or not fold(clean.number)):
        raise FieldRefused("Enter the name, or the number of the document.", "surname")
    for name in ("surname", "given_names"):
        if len(getattr(clean, name)) > LONGEST_NAME:
            raise FieldRefused("A name takes {longest} characters here. Shorten it.", name, longest=LONGEST_NAME)
    _check_number(clean)
    if clean.state and not states.is_known(clean.state):
        raise FieldRefused("{state} is not the code of a State. Use three letters, such as PAK.", "state", state=clean.state)
    _check_born(clean.born, today)
    return clean


def remarks(fields: Fields) -> tuple[Sentence, ...]:
    """What is to be known of fields that were checked."""
    found = [STATED if fields.kind is Kind.NONE else UNCOVERED]
    if not fields.born and (fields.surname or fields.given_names):
        found.append(NO_BIRTH)
    return tuple(found)


def _check_number(fields: Fields) -> None:
    if len(fields.number) > LONGEST_NUMBER:
        raise FieldRefused("A number takes {longest} characters here. Shorten it.", "number", longest=LONGEST_NUMBER)
    if fields.number and not fold(fields.number):
        raise FieldRefused(
            "“{number}” has no digit and no letter A to Z. Type the number once more.", "number", number=fields.number
        )
    if fields.kind is Kind.CNIC and fields.number and not re.fullmatch(r"\d{13}", fold(fields.number)):
        raise FieldRefused(
            "A CNIC has thirteen digits, as 35202-1234567-1; here are {count}.", "number", count=len(fold(fields.number))
        )


def _check_born(text: str, today: date) -> None:
    if text and text > today.isoformat()[: len(text)]:
        raise FieldRefused("The date of birth {born} lies in the future. Look at it, and at the clock.", "born", born=text)
    if text and int(text[:4]) < today.year - OLDEST:
        raise FieldRefused("Born in {year}, the traveller would be older than {oldest}.", "born", year=text[:4], oldest=OLDEST)
