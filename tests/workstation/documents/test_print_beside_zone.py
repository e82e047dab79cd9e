"""Print beside zone: what agrees, what surely contradicts, and everything else is not found."""

from datetime import date

import pytest

from workstation.documents import printed_dates
from workstation.documents.mrz import mrz
from workstation.documents.print_beside_zone import compare, starts_later
from workstation.documents.travel_document import Agreement
from workstation.documents.zone_reader.reading import PrintedText

TODAY = date(2026, 11, 24)
ZONE = mrz.parse(["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"], TODAY)
VISA = mrz.parse(["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"], TODAY)


def line(text: str, left: float, top: float, certainty: float = 0.98) -> PrintedText:
    right = left + 12 * len(text)
    return PrintedText(text, ((left, top), (right, top), (right, top + 20), (left, top + 20)), certainty)


def page(**changed: str | tuple[str, float]) -> list[PrintedText]:
    """A passport's page as its lines are found, `changed` values by field."""
    values: dict[str, str | tuple[str, float]] = {
        "number": "L898902C3", "surname": "Eriksson".upper(), "given": "ANNA MARIA", "born": "12 AUG/AOÛT 74",
        "issued": "16 APR/AVR 07", "expires": "15 APR/AVR 12",
    }  # fmt: skip # a table
    values |= changed
    places = [
        ("Passport No./Passeport No.", "number", 500, 40), ("Surname/Nom", "surname", 250, 80),
        ("Given names/Prénoms", "given", 250, 140), ("Date of birth/Date de naissance", "born", 250, 200),
        ("Date of issue/Date de délivrance", "issued", 250, 260), ("Date of expiry/Date d'expiration", "expires", 250, 320),
    ]  # fmt: skip # a table
    found = []
    for label, name, left, top in places:
        value = values[name]
        text, certainty = value if isinstance(value, tuple) else (value, 0.98)
        found += [line(label, left, top), *([line(text, left, top + 24, certainty)] if text else [])]
    return found


def verdicts(texts: list[PrintedText], zone: mrz.Zone = ZONE) -> dict[str, Agreement]:
    return {each.name: each.agreement for each in compare(texts, zone)}


def test_that_a_page_that_says_the_same_agrees_field_by_field() -> None:
    assert set(verdicts(page()).values()) == {Agreement.AGREES}
    assert compare(page(), ZONE)[0].printed == "ERIKSSON"


@pytest.mark.parametrize(
    ("field", "name", "value"),
    [
        ("surname", "surname", "LINDSTROEM"),
        ("given", "given names", "KARIN SOFIE"),
        ("number", "number", "X774120C3"),
        ("number", "number", "L898702C3"),
        ("born", "date of birth", "21 FEB/FÉV 69"),
        ("expires", "date of expiry", "15 NOV/NOV 15"),
    ],
)
def test_that_a_surely_read_contradiction_differs(field: str, name: str, value: str) -> None:
    found = verdicts(page(**{field: value}))
    assert found[name] is Agreement.DIFFERS
    assert sum(each is Agreement.AGREES for each in found.values()) == 4
    assert verdicts(page(**{field: (value, 0.8)}))[name] is Agreement.NOT_FOUND


@pytest.mark.parametrize(
    ("field", "name", "value"),
    [
        ("surname", "surname", "ERIKS5ON"),
        ("surname", "surname", "Lindstroem of the north"),
        ("surname", "surname", ""),
        ("given", "given names", "ANNE MARTA"),
        ("number", "number", "L89B902C3"),
        ("number", "number", "L898902"),
        ("number", "number", "L896902C3"),
        ("born", "date of birth", "72 AUG/AOUT 74"),
        ("born", "date of birth", "17 AUG/AOUT 74"),
        ("expires", "date of expiry", "15 APR/AVR 17"),
        ("expires", "date of expiry", "16 APR/AVR"),
    ],
)
def test_that_a_near_miss_is_not_found_and_never_a_contradiction(field: str, name: str, value: str) -> None:
    assert verdicts(page(**{field: value}))[name] is Agreement.NOT_FOUND


def test_that_a_contradiction_without_a_label_is_none() -> None:
    texts = [line("LINDSTROEM", 250, 100), line("X774120C3", 500, 60), line("21 FEB 69", 250, 220)]
    assert set(verdicts(texts).values()) == {Agreement.NOT_FOUND}


def test_that_the_number_on_a_visa_may_be_another_documents() -> None:
    assert verdicts(page(number="X774120C3"), VISA)["number"] is Agreement.NOT_FOUND


@pytest.mark.parametrize(
    ("field", "printed", "zone_name"),
    [
        ("surname", "Müller-Weiß", "MUELLER<WEISS<<ANNA<MARIA"),
        ("surname", "MÜLLER", "MULLER<<ANNA<MARIA"),
        ("surname", "Щербакова", "SHCHERBAKOVA<<ANNA<MARIA"),
        ("surname", "محمد", "MXHMD<<ANNA<MARIA"),
        ("given", "ANNA MARIA LOVISA", "ERIKSSON<<ANNA<MARIA"),
        ("given", "Anna Maria Elisabeth", "ERIKSSON<<ANNA<MARIA<ELI".ljust(39, "S")[:39]),
    ],
)
def test_that_names_are_compared_as_a_zone_prints_them(field: str, printed: str, zone_name: str) -> None:
    zone = mrz.parse(["P<UTO" + zone_name.ljust(39, "<"), ZONE.lines[1]], TODAY)
    name = "given names" if field == "given" else field
    expected = Agreement.NOT_FOUND if "ELI" in zone_name else Agreement.AGREES
    assert verdicts(page(**{field: printed}), zone)[name] is expected


def test_that_a_name_cut_short_agrees_with_its_beginning() -> None:
    zone = mrz.parse(["P<UTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K", ZONE.lines[1]], TODAY)
    texts = page(surname="NILAVADHANANANDA", given="CHAYAPA DEJTHAMRONG KRASUANG")
    assert verdicts(texts, zone)["given names"] is Agreement.AGREES


def test_that_a_name_on_two_lines_agrees() -> None:
    zone = mrz.parse(["P<UTOERIKSSON<<ANNA<MARIA<LOVISA<<<<<<<<<<<<", ZONE.lines[1]], TODAY)
    texts = [*page(), line("LOVISA", 250, 186)]
    assert verdicts(texts, zone)["given names"] is Agreement.AGREES


@pytest.mark.parametrize(
    "text",
    [
        "12 AUG/AOUT 74", "12 AOÛT 1974", "12AUG1974", "12.08.1974", "12 08 1974", "12/08/74", "1974-08-12", "1974.08.12",
        "12081974", "12-AGO-1974", "12 Aug 1974", "۱۲ 12.08.1974", "born 12 AUG 74 in Zenith",
    ],
)  # fmt: skip # a table
def test_that_a_date_is_read_in_its_many_forms(text: str) -> None:
    assert any(printed_dates.same(each, "740812") for each in printed_dates.dates_in(text))


@pytest.mark.parametrize(
    "text", ["١٢٠٨١٩٧٤", "12 08", "32.08.1974", "123456789", "12 XYZ 1974", "12 AUG/SEP 1974", "", "2012-13-40"]
)
def test_that_what_is_no_date_is_none(text: str) -> None:
    assert printed_dates.dates_in(text) == ()


def test_that_a_date_of_which_the_zone_knows_a_part_agrees_in_that_part() -> None:
    (printed,) = printed_dates.dates_in("17 MAR 1960")
    assert printed_dates.same(printed, "60<<<<")
    assert not printed_dates.same(printed, "61<<<<")
    for text in ("XX.XX.1960", "XX XXX/XXX 60", "XX XX 1960"):
        assert any(printed_dates.same(each, "60<<<<") for each in printed_dates.dates_in(text)), text
        assert not any(printed_dates.same(each, "600317") for each in printed_dates.dates_in(text))


def test_that_a_document_issued_tomorrow_is_told() -> None:
    assert starts_later(page(issued="16 APR/AVR 2031"), TODAY) == "16 APR/AVR 2031"
    assert not starts_later(page(issued="16 APR/AVR 2007"), TODAY)
    assert not starts_later(page(issued=("16 APR/AVR 2031", 0.7)), TODAY)
