"""The zones of Doc 9303's own specimens and of the cases that break parsers; nothing is ever corrected."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from watchlists.traits import states
from workstation.__main__ import main
from workstation.documents.mrz import dates, mrz
from workstation.documents.mrz.check_digits import digit
from workstation.errors import OperatorError

TODAY = date(2026, 11, 24)
SPECIMENS = {
    "TD3": (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ),
    "TD2": ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"),
    "TD1": ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"),
    "MRV-A": ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"),
    "MRV-B": ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"),
}
"""Doc 9303, parts 4 to 7."""


@pytest.mark.parametrize("form", SPECIMENS)
def test_that_the_specimens_of_9303_are_parsed_and_their_digits_agree(form: str) -> None:
    zone = mrz.parse(SPECIMENS[form], TODAY)
    assert zone.format.name == form
    assert (zone.names.surname, zone.names.given) == ("ERIKSSON", "ANNA MARIA")
    assert zone.checks_agree, [check for check in zone.checks if not check.ok]
    assert zone.sex == "F"
    assert zone.issuing_state == "UTO"


def test_that_the_fields_of_a_passport_are_what_is_printed() -> None:
    zone = mrz.parse("\n".join(SPECIMENS["TD3"]), TODAY)
    assert (zone.number, zone.nationality, zone.optional) == ("L898902C3", "UTO", ("ZE184226B",))
    assert (zone.born.text, zone.expires.text) == ("1974-08-12", "2012-04-15")
    assert [str(remark) for remark in zone.remarks] == ["The document has expired."]
    assert zone.unprotected == ("document code", "issuing state", "names", "nationality", "sex")
    assert zone.blind == {"number": "8L", "personal number": "168"}, "a date holds no letter that could be taken for a digit"


@pytest.mark.parametrize("form", SPECIMENS)
def test_that_a_changed_character_in_a_checked_field_is_seen_and_stays(form: str) -> None:
    lines = list(SPECIMENS[form])
    row = 0 if form == "TD1" else 1
    start = 5 if form == "TD1" else 0
    changed = lines[row][: start + 1] + ("7" if lines[row][start + 1] != "7" else "2") + lines[row][start + 2 :]
    zone = mrz.parse([*lines[:row], changed, *lines[row + 1 :]], TODAY)
    assert not zone.checks_agree
    assert zone.lines[row] == changed
    assert not next(check for check in zone.checks if check.name == "number").ok


def test_that_a_long_number_of_an_identity_card_goes_on_in_the_optional_data() -> None:
    number, rest = "D23145890", "7349"
    check = digit(number + rest)
    first = f"I<UTO{number}<{rest}{check}<<<<<<<<<<"
    second = "3407127M9507122UTO<<<<<<<<<<<"
    composite = digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    zone = mrz.parse([first, second + composite, "STEVENSON<<PETER<JOHN<<<<<<<<<"], TODAY)
    assert zone.number == "D231458907349"
    assert zone.checks_agree


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("740812", "1974-08-12"), ("261124", "2026-11-24"), ("261125", "1926-11-25"), ("60<<<<", "1960"),
        ("6003<<", "1960-03"), ("<<<<<<", ""), ("000229", "2000-02-29"),
    ],
)  # fmt: skip # a table
def test_that_a_birth_date_is_read_as_far_as_it_is_known(raw: str, text: str) -> None:
    found = dates.birth(raw, TODAY)
    assert (found.text, found.fault) == (text, "")
    assert found.century_by_rule == bool(text)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("741312", "no such day"),
        ("010229", "no such day"),
        ("74A812", "digits"),
        ("<<0812", "without its year"),
        ("74<<12", "without its month"),
    ],
)
def test_that_an_impossible_date_is_said(raw: str, said: str) -> None:
    assert said in dates.birth(raw, TODAY).fault


def test_that_nobody_is_born_after_their_document_ran_out_or_more_than_120_years_ago() -> None:
    ran_out = dates.expiry("120415", TODAY)
    assert dates.birth("151010", TODAY, ran_out).text == "1915-10-10"
    assert dates.birth("110101", TODAY, ran_out).text == "2011-01-01"
    assert dates.birth("110101", TODAY, ran_out).also == "1911-01-01"
    assert not dates.birth("740812", TODAY, ran_out).also
    assert "120 years" in dates.birth("950101", TODAY, dates.expiry("900101", TODAY)).fault
    assert dates.birth("12<<<<", TODAY, dates.expiry("1204<<", TODAY)).text == "2012"


def test_that_a_digit_in_a_name_is_a_remark() -> None:
    zone = mrz.parse([SPECIMENS["TD3"][0].replace("ANNA", "4NNA"), SPECIMENS["TD3"][1]], TODAY)
    assert "The name holds a digit, which no name has." in [str(remark) for remark in zone.remarks]


def test_that_an_expiry_lies_in_the_nearest_century() -> None:
    assert [dates.expiry(raw, TODAY).text[:4] for raw in ("120415", "700101", "800101")] == ["2012", "2070", "1980"]
    assert dates.has_passed(dates.expiry("261123", TODAY), TODAY)
    assert not dates.has_passed(dates.expiry("2611<<", TODAY), TODAY)


def test_that_the_pakistani_identity_number_is_found() -> None:
    second = "AB12345670PAK8001014M30010143520112345679<<"
    line = second[:42] + digit(second[28:42]) + "0"
    composite = digit(line[0:10] + line[13:20] + line[21:43])
    zone = mrz.parse(["P<PAKKHAN<<AMINA<<<<<<<<<<<<<<<<<<<<<<<<<<<<", line[:43] + composite], TODAY)
    assert zone.identity_number == "35201-1234567-9"


def test_that_an_empty_personal_number_may_have_a_filler_for_its_check_digit() -> None:
    first, second = SPECIMENS["TD3"]
    line = second[:28] + "<" * 15
    line += digit(line[0:10] + line[13:20] + line[21:43])
    assert mrz.parse([first, line], TODAY).checks_agree


def test_that_a_name_that_fills_its_field_may_be_cut_short_and_one_name_is_enough() -> None:
    _, second = SPECIMENS["TD3"]
    zone = mrz.parse(["P<UTO" + "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K", second], TODAY)
    assert zone.names.cut_short
    assert mrz.parse(["P<UTOARKFREITH".ljust(44, "<"), second], TODAY).names == mrz.Names("ARKFREITH", "", cut_short=False)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((), "2 or 3 lines; here are 0"),
        (("P<UTO",), "2 or 3 lines; here are 1"),
        ((SPECIMENS["TD3"][0], SPECIMENS["TD3"][1][:-1]), "Line 2 has 43 characters; in a document of the form TD3 it has 44"),
        ((SPECIMENS["TD3"][0], SPECIMENS["TD2"][1]), "Line 2 has 36"),
        ((SPECIMENS["TD3"][0].replace("ANNA", "ÄNNA"), SPECIMENS["TD3"][1]), "Line 1 holds “Ä”"),
        ((SPECIMENS["TD3"][0], SPECIMENS["TD3"][1].replace("<", "«", 1)), "Line 2 holds “«”"),
    ],
)
def test_that_what_is_no_zone_is_a_sentence(lines: tuple[str, ...], said: str) -> None:
    with pytest.raises(OperatorError, match=said):
        mrz.parse(lines, TODAY)


def test_that_lower_case_and_spaces_of_a_typist_are_taken() -> None:
    typed = "  p<utoeriksson<<anna<maria<<<<<<<<<<<<<<<<<<<\n\n" + " ".join(SPECIMENS["TD3"][1])
    assert mrz.parse(typed, TODAY).lines == SPECIMENS["TD3"]


@pytest.mark.parametrize(
    "code",
    [
        "D<<",
        "GBD",
        "GBN",
        "GBO",
        "GBP",
        "GBS",
        "UNO",
        "UNA",
        "UNK",
        "XXA",
        "XXB",
        "XXC",
        "XOM",
        "XPO",
        "RKS",
        "EUE",
        "PAK",
        "UTO",
    ],
)
def test_that_the_codes_of_9303_are_known(code: str) -> None:
    assert states.is_known(code)
    assert not states.is_known("QQQ")


def test_that_what_does_not_fit_is_a_remark_and_no_refusal() -> None:
    first, second = SPECIMENS["TD3"]
    zone = mrz.parse([first.replace("P<UTO", "I<QQQ"), second.replace("740812", "741332")], TODAY)
    said = " ".join(map(str, zone.remarks))
    for words in ("document code I does not fit the form TD3", "issuing State QQQ is not in Doc 9303", "no such day"):
        assert words in said


def _zone_or_sentence(lines: str | list[str]) -> mrz.Zone | str:
    try:
        return mrz.parse(lines, TODAY)
    except OperatorError as refusal:
        return str(refusal)


@given(st.lists(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<", min_size=28, max_size=46), min_size=1, max_size=4))
@settings(max_examples=400)
def test_that_any_lines_give_a_zone_or_a_sentence(lines: list[str]) -> None:
    zone = _zone_or_sentence(lines)
    if isinstance(zone, mrz.Zone):
        assert json.dumps([str(remark) for remark in zone.remarks])
        assert zone.lines == tuple(lines)
    else:
        assert zone


@given(st.data())
@settings(max_examples=300)
def test_that_any_zone_of_the_right_size_is_parsed(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(mrz.FORMATS))
    line = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<", min_size=form.length, max_size=form.length)
    zone = mrz.parse([data.draw(line) for _ in range(form.lines)], TODAY)
    assert zone.format.length == form.length
    assert zone.checks_agree == all(check.ok for check in zone.checks)


@given(st.text(max_size=300))
def test_that_any_text_gives_a_sentence_at_worst(text: str) -> None:
    assert _zone_or_sentence(text)


def test_that_typed_lines_are_answered_from_the_command_line() -> None:
    first, second = SPECIMENS["TD3"]
    done = CliRunner().invoke(main, ["mrz", "--text", first, "--text", second.replace("L898902C36", "L898902C37"), "--json"])
    answer = json.loads(done.stdout)
    assert answer["checks_agree"] is False
    assert [each["of"] for each in answer["checks"] if not each["agrees"]] == ["number", "composite"]
    plain = CliRunner().invoke(main, ["mrz", "--text", f"{first}\n{second}"]).stdout
    assert "All check digits agree. No check digit covers: document code, issuing state, names" in plain
    refused = CliRunner().invoke(main, ["mrz", "--text", first])
    assert (refused.exit_code, "here are 1" in refused.output) == (2, True)
