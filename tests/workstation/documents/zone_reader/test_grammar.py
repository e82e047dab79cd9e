"""The grammar of zones: what was read stays, what was doubted is decided by the whole, and a wrong print stays wrong."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.naive import best_zone
from workstation.documents.mrz import mrz
from workstation.documents.mrz.check_digits import digit
from workstation.documents.zone_reader import lattice
from workstation.documents.zone_reader.grammar import decide
from workstation.documents.zone_reader.places import ANY, fields, layouts, look_alikes
from workstation.documents.zone_reader.reading import ALPHABET, LineScores, Quad, Why, ZoneReading
from workstation.errors import OperatorError

TODAY = date(2026, 11, 24)
QUAD: Quad = ((0.0, 0.0), (440.0, 0.0), (440.0, 20.0), (0.0, 20.0))
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
MRV_A = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
MRV_B = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")


def seen(*lines: str, doubts: dict[tuple[int, int], dict[str, float]] | None = None) -> list[LineScores]:
    """Lines read with certainty but for `doubts`: other characters at a place and what the reader gave them."""
    found = []
    for row, line in enumerate(lines):
        scores = np.full((len(line), len(ALPHABET)), 1e-6)
        for column, character in enumerate(line):
            others = (doubts or {}).get((row, column), {})
            scores[column, ALPHABET.index(character)] = 1 - sum(others.values())
            for other, probability in others.items():
                scores[column, ALPHABET.index(other)] = probability
        found.append(LineScores((scores / scores.sum(axis=1, keepdims=True)).astype(np.float32), QUAD))
    return found


def read(*lines: str, doubts: dict[tuple[int, int], dict[str, float]] | None = None) -> ZoneReading:
    return decide(seen(*lines, doubts=doubts), TODAY)


def swapped(line: str, column: int, character: str) -> str:
    return line[:column] + character + line[column + 1 :]


@pytest.mark.parametrize("lines", [TD1, TD2, TD3, MRV_A, MRV_B], ids=["TD1", "TD2", "TD3", "MRV-A", "MRV-B"])
def test_that_what_is_surely_read_is_what_is_said(lines: tuple[str, ...]) -> None:
    found = read(*lines)
    assert found.as_read == found.lines == lines
    assert not found.changes
    assert found.zone.checks_agree
    assert min(map(min, found.certainty)) > 0.99


def test_that_a_doubtful_character_is_decided_by_its_check_digit_and_both_are_kept() -> None:
    wrong = swapped(TD3[1], 3, "B")
    found = read(TD3[0], wrong, doubts={(1, 3): {"8": 0.3}})
    assert found.as_read[1] == wrong
    assert found.lines == TD3
    (change,) = found.changes
    assert (change.line, change.column, change.read, change.taken) == (1, 3, "B", "8")
    assert change.probability == pytest.approx(0.3, abs=0.01)
    assert found.zone.checks_agree
    assert not found.zone_as_read.checks_agree


@pytest.mark.parametrize("probability", [0.0, 0.003, 0.019])
def test_that_what_the_reader_did_not_doubt_is_never_changed(probability: float) -> None:
    wrong = swapped(TD3[1], 3, "4")
    found = read(TD3[0], wrong, doubts={(1, 3): {"8": probability}})
    assert found.lines == found.as_read == (TD3[0], wrong)
    assert [check.name for check in found.zone.checks if not check.ok] == ["number", "composite"]


def test_that_a_wrong_check_digit_stays_wrong_beside_another_doubt() -> None:
    wrong = swapped(TD3[1], 9, "7")
    found = read(TD3[0], wrong, doubts={(1, 14): {"9": 0.3}, (0, 9): {"1": 0.3}})
    assert found.lines == (TD3[0], wrong)
    assert not found.changes


def test_that_the_place_tells_an_o_from_a_nought() -> None:
    found = read(swapped(TD3[0], 4, "0"), swapped(TD3[1], 15, "O"), doubts={(0, 4): {"O": 0.01}, (1, 15): {"0": 0.01}})
    assert found.as_read == TD3
    assert not found.changes
    assert not found.doubts


def test_that_many_noughts_read_as_o_in_dates_are_no_reason_to_refuse() -> None:
    number = TD3[1][:13] + "0001012F0002295" + TD3[1][28:43]
    line = number + digit(number[0:10] + number[13:20] + number[21:43])
    places = [column for column in (*range(13, 19), *range(21, 27)) if line[column] == "0"]
    spoiled = "".join("O" if column in places else character for column, character in enumerate(line))
    found = read(TD3[0], spoiled, doubts={(1, column): {"0": 0.001} for column in places})
    assert found.as_read == (TD3[0], line)
    assert not found.changes


def test_that_a_letter_that_was_surely_read_in_a_date_stays() -> None:
    wrong = swapped(TD3[1], 15, "X")
    found = read(TD3[0], wrong)
    assert found.lines == (TD3[0], wrong)
    assert found.zone.born.fault


@pytest.mark.parametrize(("column", "other"), [(1, "S"), (8, "V")])
def test_that_what_a_check_digit_cannot_see_is_marked(column: int, other: str) -> None:
    number = "L898902C1"
    line = number + digit(number) + TD3[1][10:43]
    line += digit(line[0:10] + line[13:20] + line[21:43])
    found = read(TD3[0], line, doubts={(1, column): {other: 0.2}})
    assert found.lines[1] == line
    assert [(each.column, each.others, each.why) for each in found.doubts] == [(column, other, Why.BLIND)]


@pytest.mark.parametrize("probability", [0.3, 0.03])
def test_that_two_slips_that_cancel_are_both_marked(probability: float) -> None:
    number = "5O5O76X6W"
    line = number + digit(number) + TD3[1][10:43]
    line += digit(line[0:10] + line[13:20] + line[21:43])
    found = read(TD3[0], line, doubts={(1, 1): {"0": probability}, (1, 3): {"0": probability}})
    assert [(each.column, each.others) for each in found.doubts if each.line == 1] == [(1, "0"), (3, "0")]


def test_that_doubtful_letters_without_a_check_digit_are_marked() -> None:
    found = read(*TD3, doubts={(0, 7): {"L": 0.01}, (1, 11): {"I": 0.1}, (1, 20): {"M": 0.05}})
    assert [(each.line, each.column, each.others, each.why) for each in found.doubts] == [
        (0, 7, "L", Why.UNCOVERED),
        (1, 11, "I", Why.UNSURE),
        (1, 20, "M", Why.UNSURE),
    ]


def test_that_look_alikes_in_the_optional_data_of_a_visa_are_marked_however_sure_the_reader_was() -> None:
    found = read(MRV_A[0], swapped(MRV_A[1], 30, "O"))
    assert {(each.column, each.others) for each in found.doubts} >= {(30, "0"), (31, "I")}


def test_that_a_doubtful_code_of_a_state_is_the_known_one_and_shown_as_changed() -> None:
    found = read(TD3[0].replace("UTO", "PAX"), TD3[1], doubts={(0, 4): {"K": 0.1}})
    assert found.zone.issuing_state == "PAK"
    assert [(each.read, each.taken) for each in found.changes] == [("X", "K")]
    assert read(TD3[0].replace("UTO", "PAX"), TD3[1]).zone.issuing_state == "PAX"


def test_that_a_doubtful_letter_among_the_last_fillers_of_a_name_is_a_filler() -> None:
    found = read(swapped(TD3[0], 38, "K"), TD3[1], doubts={(0, 38): {"<": 0.3}})
    assert found.lines == TD3
    assert [(each.column, each.read) for each in found.changes] == [(38, "K")]
    assert [(each.column, each.others) for each in found.doubts] == [(38, "K")]


def test_that_letters_after_the_end_of_a_name_are_fillers_where_they_are_doubted_and_fillers_stay() -> None:
    ragged = TD3[0][:30] + "CC<C" + TD3[0][34:]
    found = read(ragged, TD3[1], doubts={(0, 30): {"<": 0.1}, (0, 31): {"<": 0.1}, (0, 32): {"C": 0.4}, (0, 33): {"<": 0.2}})
    assert found.lines == TD3
    assert [each.column for each in found.changes] == [30, 31, 33]
    assert read(ragged, TD3[1]).lines[0] == ragged, "where nobody doubted, nothing is changed"


def test_that_check_digits_that_agree_only_after_many_changes_are_refused() -> None:
    three = {(1, 1): {"8": 0.4}, (1, 5): {"0": 0.4}, (1, 29): {"E": 0.4}}
    wrong = swapped(swapped(swapped(TD3[1], 1, "B"), 5, "O"), 29, "F")
    assert read(TD3[0], wrong, doubts=three).lines == TD3
    with pytest.raises(OperatorError, match="cannot be read with certainty"):
        read(TD3[0], swapped(wrong, 14, "1"), doubts={**three, (1, 14): {"4": 0.4}})


def test_that_places_that_were_not_read_at_all_are_refused() -> None:
    lines = seen(*TD3)
    lines[0].scores[7:10] = 1 / 37
    with pytest.raises(OperatorError, match="3 characters are unclear"):
        decide(lines, TODAY)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_that_nothing_is_taken_that_the_reader_gave_less_than_its_doubt(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from([TD1, TD2, TD3, MRV_A, MRV_B]))
    places = [(row, column) for row, line in enumerate(lines) for column in range(len(line))]
    doubts = {
        place: {data.draw(st.sampled_from(ALPHABET)): data.draw(st.floats(min_value=1e-5, max_value=0.45))}
        for place in data.draw(st.lists(st.sampled_from(places), max_size=12, unique=True))
    }
    rows = seen(*lines, doubts=doubts)
    try:
        found = decide(rows, TODAY)
    except OperatorError:
        return
    changed = {(each.line, each.column): each for each in found.changes}
    for row, line in enumerate(found.lines):
        for column, taken in enumerate(line):
            given_ = float(rows[row].scores[column, ALPHABET.index(taken)])
            assert given_ >= 0.0005
            change = changed.get((row, column))
            assert (change is not None) == (taken != found.as_read[row][column])
            if change is not None:
                assert change.probability == pytest.approx(given_)
                assert given_ >= (0.005 if taken in look_alikes(change.read) else 0.02)
    assert found.zone.lines == found.lines
    assert found.zone_as_read.lines == found.as_read


def test_that_a_long_number_goes_on_in_the_optional_data() -> None:
    number, rest = "D23145890", "7349"
    check = digit(number + rest)
    first = f"I<UTO{number}<{rest}{check}<<<<<<<<<<"
    second = "3407127M9507122UTO<<<<<<<<<<<"
    lines = (first, second + digit(first[5:30] + second[0:7] + second[8:15] + second[18:29]), "STEVENSON<<PETER<JOHN<<<<<<<<<")
    wrong = (swapped(first, 16, "8"), *lines[1:])
    found = read(*wrong, doubts={(0, 16): {"3": 0.1}})
    assert found.lines == lines
    assert found.zone.number == "D231458907349"


@pytest.mark.parametrize("lines", [TD1, TD2, TD3, MRV_A, MRV_B], ids=["TD1", "TD2", "TD3", "MRV-A", "MRV-B"])
def test_that_a_filler_more_or_less_in_a_run_is_made_good_and_marked(lines: tuple[str, ...]) -> None:
    run = lines[-1].index("<<<")
    for given_ in (lines[-1][:run] + lines[-1][run + 1 :], lines[-1][:run] + "<<" + lines[-1][run:]):
        found = read(*lines[:-1], given_)
        assert found.lines == lines
        assert found.zone.format == mrz.parse(lines, TODAY).format
        assert found.doubts


def test_that_a_line_read_one_place_off_is_put_right_where_its_first_place_was_not_read() -> None:
    lines = seen("A" + TD3[0][:-1], TD3[1])
    lines[0].scores[0] = 1 / 37
    found = decide(lines, TODAY)
    assert found.lines == TD3
    assert [(each.line, each.column, each.others) for each in found.doubts] == [(0, 43, "")]
    lines[0].scores[0] = seen("A")[0].scores[0]
    assert decide(lines, TODAY).lines[0] == "A" + TD3[0][:-1], "a place that was read stays"
    glare = seen(*TD3)
    glare[0].scores[0] = 1 / 37
    assert decide(glare, TODAY).lines == TD3


def test_that_names_whose_first_letter_may_be_missing_are_refused() -> None:
    lines = seen(*TD1[:2], TD1[2][1:] + "<")
    lines[2].scores[-1] = 1 / 37
    with pytest.raises(OperatorError, match="The end of line 3 was not read"):
        decide(lines, TODAY)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((), "no form of a travel document"),
        (TD3[:1], "44 characters"),
        ((TD3[0], TD3[1][:33]), "44, 33 characters"),
        (
            ("THE<QUICK<BROWN<FOX<JUMPS<OVER<THE<LAZY<DOG1", "AND<THE<DOG<SLEEPS<ON<UNTIL<THE<EVENING<COME"),
            "cannot be read with",
        ),
    ],
)
def test_that_what_is_no_zone_is_refused_in_a_sentence(lines: tuple[str, ...], said: str) -> None:
    with pytest.raises(OperatorError, match=said):
        read(*lines)


def test_that_guesses_are_refused() -> None:
    flat = [LineScores(np.full((44, 37), 1 / 37, dtype=np.float32), QUAD) for _ in range(2)]
    with pytest.raises(OperatorError, match="type the lines"):
        decide(flat, TODAY)


def _valid(form: mrz.Format, body: str) -> tuple[str, ...]:
    """A zone of this form whose check digits agree, its letters and digits from `body`."""
    stock = iter(body * 4)
    rows = [["<"] * form.length for _ in range(form.lines)]
    for field in fields(form):
        text = {"issuing state": "UTO", "nationality": "D<<", "birth": "740812", "expiry": "301224", "sex": "F"}.get(field.name)
        for n, (line, column) in enumerate(field.places()):
            rows[line][column] = text[n] if text else next(stock) if field.mask == ANY else "0"
    rows[0][0], rows[0][1] = ("V" if form.visa else "P" if form.length == 44 else "I"), "<"
    options = {(line, column): [rows[line][column]] for line in range(form.lines) for column in range(form.length)}
    layout = layouts(form, options)[0]
    for check in (*layout.checks, *([layout.composite] if layout.composite else [])):
        rows[check.digit[0]][check.digit[1]] = digit("".join(rows[line][column] for line, column in check.covers))
    return tuple("".join(row) for row in rows)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_that_the_programme_finds_the_reading_that_trying_all_finds(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(mrz.FORMATS))
    body = data.draw(st.text(alphabet="AB<018K", min_size=30, max_size=30))
    lines = _valid(form, body)
    options = {(row, column): {character: 0.0} for row, line in enumerate(lines) for column, character in enumerate(line)}
    names = {"number", "number check", "birth", "birth check", "expiry", "expiry check", "personal number check", "composite"}
    names |= set() if form.visa else {"optional data"}
    covered = {place for field in fields(form) if field.name in names for place in field.places()}
    masks = {place: field.mask for field in fields(form) for place in field.places()}
    for place in data.draw(st.lists(st.sampled_from(sorted(covered)), max_size=5, unique=True)):
        for other in data.draw(st.lists(st.sampled_from(masks[place]), min_size=1, max_size=2)):
            options[place][other] = -data.draw(st.floats(min_value=0.01, max_value=6))
        if data.draw(st.booleans()):
            options[place][lines[place[0]][place[1]]] = -4.0
    found = [lattice.explain(each, options) for each in layouts(form, {place: list(fits) for place, fits in options.items()})]
    best = max(found, key=lambda each: each.score)
    text = tuple(
        "".join(best.taken.get((row, column), character) for column, character in enumerate(line))
        for row, line in enumerate(lines)
    )
    score, _ = best_zone(lines, options, covered, TODAY)
    assert best.score == pytest.approx(score)
    fixed = {place: {text[place[0]][place[1]]: options[place][text[place[0]][place[1]]]} for place in covered}
    assert best_zone(text, fixed, covered, TODAY)[0] == pytest.approx(score)
    for (place, character), worth in max(found, key=lambda each: each.score).best_with.items():
        assert worth <= score + 1e-9
        if len(found) == 1:
            forced = {**options, place: {character: options[place][character]}}
            row, column = place
            changed = tuple(swapped(line, column, character) if n == row else line for n, line in enumerate(lines))
            if len(options[place]) > 1:
                assert worth == pytest.approx(best_zone(changed, forced, covered, TODAY)[0])
    assert not math.isnan(best.score)


@pytest.mark.parametrize("state", ["CMW", "D1X", "PAK"])
def test_that_a_code_that_was_clearly_printed_is_never_overruled(state: str) -> None:
    first, second = TD3
    lines = (f"{first[:2]}{state}{first[5:]}", f"{second[:10]}{state}{second[13:]}")
    assert decide(seen(*lines), TODAY).lines == lines


def test_that_a_document_code_may_hold_a_digit() -> None:
    first, *others = (
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    )
    lines = ("C1" + first[2:], *others)
    assert decide(seen(*lines), TODAY).lines == lines
