"""The dry run: what a file would do to the store, row by row."""

from pathlib import Path

import pytest

from tests.deliveries import TODAY, cells, read, table
from watchlists.exchange.comparing import Comparison, Outcome, PlannedRow
from watchlists.exchange.incoming import Delivery
from watchlists.records.purposes import Purpose
from watchlists.records.records import ACTIVE, WITHDRAWN, Watchlist, check
from watchlists.records.standing import Standing

LOST = Watchlist(1, "Lost", Purpose.DOCUMENT, "Office", "+00", 1, 0)
MISSING = Watchlist(2, "Missing", Purpose.PROTECT, "Unit", "+00", 1, 0)


def planned(delivery: Delivery, *standing: Standing) -> list[PlannedRow]:
    return list(Comparison(standing, (LOST, MISSING), TODAY).plan(delivery).rows)


def standing(delivery: Delivery, status: str = ACTIVE) -> list[Standing]:
    """The store after this file was imported."""
    return [
        Standing(number, 1, status, row.incoming.reference, check(row.incoming.particulars, Purpose.DOCUMENT))
        for number, row in enumerate(delivery.rows, start=1)
        if row.incoming is not None
    ]


def outcomes(rows: list[PlannedRow]) -> list[Outcome]:
    return [row.outcome for row in rows]


@pytest.mark.parametrize("reference", ["", "R-1"])
def test_that_the_same_file_again_changes_nothing(tmp_path: Path, reference: str) -> None:
    delivery = read(tmp_path, table(cells(reference=reference), cells(surname="Osei", document_number="QA2")))
    assert outcomes(planned(delivery)) == [Outcome.ADDED, Outcome.ADDED]
    assert outcomes(planned(delivery, *standing(delivery))) == [Outcome.UNCHANGED, Outcome.UNCHANGED]


def test_that_a_reference_finds_its_record_whatever_else_changed(tmp_path: Path) -> None:
    before = read(tmp_path, table(cells(reference="R-1")))
    after = read(tmp_path, table(cells(reference="R-1", surname="Nour", action="Ask")))
    (row,) = planned(after, *standing(before))
    assert (row.outcome, row.record_id, row.fields) == (Outcome.CHANGED, 1, ("surname", "action"))


def test_that_without_a_reference_names_in_other_fields_are_the_same_person(tmp_path: Path) -> None:
    before = read(tmp_path, table(cells()))
    (row,) = planned(read(tmp_path, table(cells(surname="AMINA", given_names="noor"))), *standing(before))
    assert (row.outcome, row.record_id, row.fields) == (Outcome.CHANGED, 1, ("surname", "given_names"))


def test_that_a_repeated_row_is_said_and_a_contradicting_one_refused(tmp_path: Path) -> None:
    rows = planned(read(tmp_path, table(cells(), cells(), cells(action="Ask"))))
    assert outcomes(rows) == [Outcome.ADDED, Outcome.DOUBLED, Outcome.REFUSED]
    assert str(rows[1].remarks[0]) == "line 3 repeats line 2."
    assert "line 4 is of the same record as line 2" in str(rows[2].remarks[0])
    assert [row.stops_all for row in rows] == [False, False, True], "a plain repetition harms nothing"


def test_that_another_record_with_the_same_number_or_name_is_told(tmp_path: Path) -> None:
    known = standing(read(tmp_path, table(cells(reference="R-1"))))
    rows = planned(
        read(
            tmp_path,
            table(
                cells(reference="R-2", surname="Osei"),
                cells(reference="R-3", document_number="QA3"),
                cells(list="Missing", reference="X"),
            ),
        ),
        *known,
    )
    assert outcomes(rows) == [Outcome.DOUBLED, Outcome.DOUBLED, Outcome.ADDED]
    assert [str(row.remarks[-1]) for row in rows] == [
        "Record 1 on the list “Lost” has the same document_number.",
        "Record 1 on the list “Lost” has the same name and birth_date.",
        "Record 1 on the list “Lost” has the same document_number.",
    ]
    assert [row.stops_all for row in rows] == [True, True, False]


def test_that_a_withdrawn_row_withdraws_and_a_file_brings_nobody_back(tmp_path: Path) -> None:
    delivery = read(tmp_path, table(cells(reference="R-1")))
    header = [*["list", "reference", "surname", "given_names", "legal_basis", "action", "review_date", "status"]]
    gone = read(tmp_path, table(["Lost", "R-1", "Noor", "Amina", "O", "C", "2027-05-01", "withdrawn"], header=header))
    (row,) = planned(gone, *standing(delivery))
    assert (row.outcome, row.record_id) == (Outcome.WITHDRAWN, 1)
    assert outcomes(planned(gone, *standing(delivery, WITHDRAWN))) == [Outcome.UNCHANGED]
    assert outcomes(planned(gone)) == [Outcome.REFUSED]
    (row,) = planned(delivery, *standing(delivery, WITHDRAWN))
    assert row.outcome is Outcome.REFUSED
    assert "does not bring it back" in str(row.remarks[0])


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"birth_date": "2980-03-17"}, "lies in the future"), ({"review_date": "2020-01-01"}, "lies in the past"), ({"list": "Nowhere"}, "no list “Nowhere”"),
        ({"sex": "Q"}, "F, M or X"), ({"nationality": "P@K"}, "nationality"), ({"legal_basis": ""}, "legal basis"), ({"surname": "x" * 200}, "takes 120 characters"),
        ({"list": "Missing", "document_number": "", "birth_date": ""}, "Nothing could be searched"),
    ],
)  # fmt: skip # a table
def test_that_a_row_that_cannot_stand_is_refused_by_a_sentence(tmp_path: Path, told: dict[str, str], said: str) -> None:
    (row,) = planned(read(tmp_path, table(cells(**told))))
    assert row.outcome is Outcome.REFUSED
    assert said in str(row.remarks[-1])


def test_that_a_record_without_a_photograph_says_what_it_is_searched_by(tmp_path: Path) -> None:
    (row,) = planned(read(tmp_path, table(cells(list="Missing"))))
    assert (row.outcome, str(row.remarks[0])) == (Outcome.ADDED, "Not searched by face: no photograph.")
