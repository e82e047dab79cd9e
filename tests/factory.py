"""Small real values that tests build on: records, photographs as bytes, moments."""

import hashlib
from datetime import UTC, datetime

from watchlists.records.records import NewPortrait, Particulars
from workstation.documents.mrz.check_digits import digit
from workstation.documents.mrz.mrz import Zone, parse
from workstation.documents.travel_document import Origin, TravelDocument

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def particulars(surname: str = "Noor", **others: object) -> Particulars:
    known: dict[str, object] = {
        "given_names": "Amina",
        "legal_basis": "Protection order 12",
        "action": "Speak with the child alone; call the unit",
        "review_date": "2027-05-01",
    }
    return Particulars(surname=surname, **(known | others))  # type: ignore[arg-type] # the fields are named by each test


def photo(seed: int = 1, encoder: str = "unit") -> NewPortrait:
    image = bytes([seed]) * 10
    vector = bytes([seed]) * 512
    return NewPortrait(
        image=image,
        digest=hashlib.sha256(image).hexdigest(),
        face="{}",
        vector=vector,
        vector_digest=hashlib.sha256(vector).hexdigest(),
        encoder=encoder,
    )


def passport_zone(surname: str = "Noor", given: str = "Amina", **others: str) -> Zone:
    """The zone of a passport whose check digits agree: number, state, nationality, born, sex, expires, optional may be named."""
    known = {
        "number": "AB1234567", "state": "PAK", "nationality": "PAK", "born": "150317", "sex": "F", "expires": "300101",
        "optional": "",
    } | others  # fmt: skip # a table
    name = f"{surname}<<{given}".upper().replace(" ", "<").replace("-", "<")
    number, optional = known["number"].ljust(9, "<"), known["optional"].ljust(14, "<")
    second = f"{number}{digit(number)}{known['nationality'].ljust(3, '<')}{known['born']}{digit(known['born'])}{known['sex']}"
    second += f"{known['expires']}{digit(known['expires'])}{optional}{digit(optional)}"
    second += digit(second[0:10] + second[13:20] + second[21:43])
    return parse([f"P<{known['state'].ljust(3, '<')}{name}"[:44].ljust(44, "<"), second], NOW.date())


def typed(zone: Zone | None = None, **others: object) -> TravelDocument:
    """A document whose zone was typed by hand."""
    return TravelDocument(Origin.TYPED, zone or passport_zone(), **others)  # type: ignore[arg-type] # named by each test


def passport(surname: str = "Eriksson", given: str = "Anna Maria", **others: str) -> tuple[str, ...]:
    """The lines of a passport of Utopia whose check digits agree."""
    known = {"number": "L898902C3", "state": "UTO", "nationality": "UTO", "born": "740812", "expires": "320415"}
    return passport_zone(surname, given, **(known | others)).lines
