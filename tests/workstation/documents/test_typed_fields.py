"""A document typed field by field, and a name that is only said, are searched as a zone is and say what they rest on."""

from datetime import date

import pytest

from matching.faces.images import png
from tests.factory import particulars
from tests.fakes import picture
from tests.workstation.conftest import sign_in
from watchlists.records.purposes import Purpose
from watchlists.traits.numbers import Which
from workstation.desk.desk import Desk
from workstation.documents import evidence
from workstation.documents.travel_document import Origin, typed_in_fields
from workstation.documents.typed_fields import FieldRefused, Fields, Kind
from workstation.screening.screening import Answer

TODAY = date(2026, 11, 28)


def test_that_a_stated_name_is_searched_and_says_on_the_card_and_in_the_receipt_that_it_was_stated(desk: Desk) -> None:
    sign_in(desk, "admin")
    wanted = desk.records.add_watchlist("Wanted", Purpose.REFER, "Court", "+00").value
    desk.records.add_record(
        wanted, particulars("Zargham", given_names="Waqas", birth_date="1986-03-17"), [png(picture(7))], "order"
    )
    said = typed_in_fields(Fields(Kind.NONE, "Zargham", "Waqas", "1986-03-17"), TODAY)
    assert said.origin is Origin.STATED
    done = sign_in(desk, "officer").counter.screen(picture(500), source="t", document=said).value
    assert done.answer is Answer.REFER
    assert any("as the traveller says it" in str(each) for each in done.reasons)
    assert done.receipt is not None
    assert done.receipt.parts()["document"] == "stated"
    assert done.alert_id is not None
    shown = sign_in(desk, "second").second_line.alert(done.alert_id).document
    assert shown is not None
    assert (shown.origin, shown.surname, shown.born) == (Origin.STATED, "Zargham", "1986-03-17")


def test_that_a_number_typed_alone_is_found(desk: Desk) -> None:
    sign_in(desk, "admin")
    lost = desk.records.add_watchlist("Lost", Purpose.DOCUMENT, "Office", "+00").value
    desk.records.add_record(lost, particulars("", given_names="", document_number="35202-1234567-1"), [], "lost")
    typed = typed_in_fields(Fields(Kind.CNIC, number="3520212345671"), TODAY)
    assert sign_in(desk, "officer").counter.screen(picture(500), source="t", document=typed).value.answer is Answer.REFER


def test_that_fields_without_a_lead_answer_no_lead_and_keep_no_name(desk: Desk, listed: int) -> None:
    assert listed
    typed = typed_in_fields(Fields(Kind.TAZKIRA, "Nobody", "Known", "1980", "1400-1234"), TODAY)
    done = sign_in(desk, "officer").counter.screen(picture(500), source="t", document=typed).value
    assert done.answer is Answer.NO_LEAD
    assert [str(each) for each in done.reasons] == [
        "Typed field by field: no check digit covers it. Compare it with the document again."
    ]
    assert "Nobody" not in evidence.kept(typed, lead=False)


def test_that_a_name_without_a_birth_date_is_said_to_make_nobody_a_candidate() -> None:
    typed = typed_in_fields(Fields(Kind.NONE, "Khan"), TODAY)
    assert ["Ask for the date" in str(each) for each in evidence.findings(typed)] == [True]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        (Fields(Kind.PASSPORT), "surname"),
        (Fields(Kind.NONE, number="AB1"), "kind"),
        (Fields(Kind.NONE, " ", ""), "surname"),
        (Fields(Kind.CNIC, "Khan", number="35202-123"), "number"),
        (Fields(Kind.OTHER, "Khan", number="***"), "number"),
        (Fields(Kind.PASSPORT, "Khan", state="QQQ"), "state"),
        (Fields(Kind.PASSPORT, "Khan", born="2026-11-29"), "born"),
        (Fields(Kind.PASSPORT, "Khan", born="1850"), "born"),
        (Fields(Kind.PASSPORT, "K" * 81), "surname"),
    ],
)
def test_that_what_cannot_stand_is_refused_by_its_field(fields: Fields, named: str) -> None:
    with pytest.raises(FieldRefused) as refused:
        typed_in_fields(fields, TODAY)
    assert refused.value.field == named


def test_that_a_cnic_is_asked_for_as_an_identity_number_of_pakistan() -> None:
    (asked,) = evidence.traveller(typed_in_fields(Fields(Kind.CNIC, number="35202 1234567 1"), TODAY)).numbers
    assert (asked.which, asked.folded, asked.state) == (Which.IDENTITY, "3520212345671", "PAK")
