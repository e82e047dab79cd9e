"""A traveller with a document: names and numbers are searched beside the face, and everything is told as one answer."""

import json

import numpy as np
import pytest
from sqlalchemy import select, text

from matching.faces.images import png
from matching.rates import cohort
from matching.rates.cohort import Mixture
from matching.rates.scale import CALIBRATION, cohort_name
from tests.factory import particulars, passport_zone, typed
from tests.fakes import SCALE, UNIT, NumberedFaces, picture
from tests.workstation.conftest import sign_in
from tests.workstation.desk.test_desk import acts
from watchlists.records.purposes import Purpose
from watchlists.traits.transliteration import to_zone
from workstation.alerts.grounds import Basis
from workstation.desk.desk import Changed, Desk
from workstation.documents.mrz.mrz import Zone, parse
from workstation.documents.travel_document import ChipState, DocumentPortrait, Origin, TravelDocument
from workstation.errors import OperatorError
from workstation.schema import AuditRow, CandidateRow, ScreeningRow
from workstation.screening.portrait_comparison import PORTRAITS, Looks
from workstation.screening.screening import Answer
from workstation.search import receipts
from workstation.search.receipts import What
from workstation.sentences import Sentence

MIXTURE = Mixture(np.ones(1), np.zeros((1, 16)), np.eye(16)[None])


@pytest.fixture
def lost(desk: Desk) -> int:
    """A lost passport without a person, on a list of documents; a wanted person with a face; one more of each."""
    sign_in(desk, "admin")
    documents = desk.records.add_watchlist("Lost", Purpose.DOCUMENT, "Office", "+00").value
    record = desk.records.add_record(
        documents, particulars("", given_names="", document_number="lp-777 888 9"), [], "lost"
    ).value
    desk.records.add_record(documents, particulars("", given_names="", document_number="LP0000000 (PAK)"), [], "lost")
    wanted = desk.records.add_watchlist("Wanted", Purpose.REFER, "Police", "+00").value
    known = particulars("Qureshi", given_names="Tariq Mehmood", birth_date="1980-04-09", sex="M")
    desk.records.add_record(wanted, known, [png(picture(7))], "warrant")
    sign_in(desk, "officer")
    return record


def zone_of_tariq(**others: str) -> Zone:
    return passport_zone("Quraishi", "Tarek Mahmood", born="800409", sex="M", **others)


def test_that_a_stranger_with_a_good_document_is_no_lead_and_everything_was_searched(desk: Desk, lost: int) -> None:
    assert lost
    answered = desk.counter.screen(picture(500), source="t", document=typed()).value
    assert (answered.answer, answered.reasons, answered.alert_id) == (Answer.NO_LEAD, (), None)
    assert [(each.what, each.complete, each.compared, each.eligible) for each in answered.searched] == [
        (What.FACE, True, 1, 1),
        (What.NAMES, True, 1, 3),
        (What.NUMBERS, True, 2, 3),
    ]
    assert answered.receipt is not None
    assert [each.eligible - each.compared - sum(each.excluded.values()) for each in answered.receipt.also] == [0, 0]
    with desk.post.store.reading() as session:
        row = session.get_one(ScreeningRow, answered.screening_id)
        kept = receipts.read(row.receipt)
    assert kept == answered.receipt
    assert receipts.is_genuine(kept, desk.post.signing_key.public_key())
    assert "NOOR" not in row.document.upper()
    assert "AB1234567" not in row.document


def test_that_a_lost_passport_refers_whoever_carries_it(desk: Desk, lost: int) -> None:
    document = typed(passport_zone(number="LP7778889"))
    answered = desk.counter.screen(picture(500), source="t", document=document).value
    assert answered.answer is Answer.REFER
    (only,) = answered.candidates
    assert (only.record_id, only.grounds.bases, only.portrait_id, only.distance) == (lost, (Basis.NUMBER,), None, None)


def test_that_a_number_of_another_state_is_another_document(desk: Desk, lost: int) -> None:
    assert lost
    there = typed(passport_zone(number="LP0000000", state="IND"))
    assert desk.counter.screen(picture(500), source="t", document=there).value.answer is Answer.NO_LEAD
    here = typed(passport_zone(number="LP0000000"))
    assert desk.counter.screen(picture(500), source="t", document=here).value.answer is Answer.REFER


def test_that_a_name_in_another_spelling_refers_beside_another_face(desk: Desk, lost: int) -> None:
    assert lost
    document = typed(zone_of_tariq())
    answered = desk.counter.screen(picture(500), source="t", document=document).value
    assert answered.answer is Answer.REFER
    (only,) = answered.candidates
    assert only.grounds.bases == (Basis.NAME,)
    assert only.distance is not None
    assert only.threshold is not None
    assert only.distance > only.threshold, "the faces were compared, and differ"
    both = desk.counter.screen(picture(7, moment=3), source="t", document=document).value
    assert both.candidates[0].grounds.bases == (Basis.FACE, Basis.NAME)
    assert len(both.candidates) == 1, "one candidate for one record, whatever speaks for it"


def test_that_the_portrait_is_a_second_probe(desk: Desk, lost: int, faces: NumberedFaces) -> None:
    assert lost
    image = picture(7, moment=5)
    seen = faces.look(image)[0]
    portrait = DocumentPortrait(image, seen.face, seen.quality, faces.encode(image, seen.face))
    answered = desk.counter.screen(picture(500), source="t", document=typed(portrait=portrait)).value
    assert answered.answer is Answer.REFER
    assert answered.candidates[0].grounds.bases == (Basis.PORTRAIT,)
    assert [each.what for each in answered.searched] == [What.FACE, What.PORTRAIT, What.NAMES, What.NUMBERS]


def test_that_a_wrong_check_digit_is_said_and_refers_nobody(desk: Desk, lost: int) -> None:
    assert lost
    lines = list(passport_zone().lines)
    lines[1] = lines[1][:9] + str((int(lines[1][9]) + 1) % 10) + lines[1][10:]
    document = typed(parse(lines, desk.clock().date()))
    answered = desk.counter.screen(picture(500), source="t", document=document).value
    assert (answered.answer, answered.alert_id, answered.fault) == (Answer.LOOK_AGAIN, None, False)
    assert any("check digit" in str(reason) for reason in answered.reasons)


def test_that_no_photo_is_a_path_that_says_what_was_not_searched(desk: Desk, lost: int) -> None:
    assert lost
    answered = desk.counter.screen(None, source="t", no_photo="a bandage covers the face", document=typed()).value
    assert answered.answer is Answer.NO_LEAD
    assert [str(each) for each in answered.reasons] == ["The face was not searched: a bandage covers the face."]
    assert answered.receipt is not None
    assert answered.receipt.not_searched == ("face: a bandage covers the face",)
    assert (answered.searched[0].what, answered.searched[0].complete) == (What.FACE, False)
    document = typed(passport_zone(number="LP7778889"))
    assert desk.counter.screen(None, source="t", no_photo="a bandage", document=document).value.answer is Answer.REFER
    with pytest.raises(OperatorError, match="no picture"):
        desk.counter.screen(None, source="t", document=typed())


def test_that_nothing_searched_is_never_no_lead(desk: Desk, lost: int) -> None:
    assert lost
    assert desk.counter.screen(None, source="t", no_photo="a bandage").value.answer is Answer.LOOK_AGAIN
    unread = typed(remarks=(Sentence("The page lies too far away."),))
    object.__setattr__(unread, "zone", None)
    answered = desk.counter.screen(picture(500), source="t", document=unread).value
    assert answered.answer is Answer.LOOK_AGAIN
    assert any("names and numbers were not searched" in str(each) for each in answered.reasons)


def test_that_names_out_of_step_with_the_store_are_a_fault(desk: Desk, lost: int) -> None:
    assert lost
    desk.counter.screen(picture(500), source="t", document=typed())
    register = desk.lists.register()
    register._records.popitem()
    answered = desk.counter.screen(picture(500), source="t", document=typed()).value
    assert (answered.answer, answered.fault) == (Answer.LOOK_AGAIN, True)
    assert desk.counter.screen(picture(500), source="t", document=typed()).value.answer is Answer.NO_LEAD, "read anew"


def test_that_a_retaken_picture_raises_the_same_alert_once(desk: Desk, lost: int) -> None:
    assert lost
    document = typed(zone_of_tariq())
    first = desk.counter.screen(picture(500), source="t", document=document)
    again = desk.counter.screen(picture(500, moment=4), source="t", document=document, after=first.value.screening_id)
    assert again.value.alert_id == first.value.alert_id
    assert Changed.ALERTS not in again.changed
    more = desk.counter.screen(picture(7, moment=2), source="t", document=document, after=again.value.screening_id)
    assert more.value.alert_id != first.value.alert_id, "the face says more than the name did"
    nothing = desk.counter.screen(picture(500), source="t", after=more.value.screening_id).value
    assert (nothing.answer, nothing.alert_id) == (Answer.REFER, more.value.alert_id), "a lead that was found stands"
    assert [line.alert_id for line in sign_in(desk, "second").second_line.alerts()] == [more.value.alert_id]


def test_that_entries_left_behind_are_said_beside_no_lead(desk: Desk, lost: int) -> None:
    assert lost
    sign_in(desk, "admin").records.add_record(1, particulars("Other"), [png(picture(8))], "more")
    sign_in(desk, "officer").counter.screen(picture(500), source="t")
    with desk.post.store.writing() as session:
        session.execute(text("UPDATE templates SET encoder = 'older' WHERE id = 1"))
    desk.lists.forget()
    answered = desk.counter.screen(picture(500), source="t").value
    assert answered.answer is Answer.NO_LEAD
    assert [str(each) for each in answered.reasons] == [
        "Entries of the lists that could not be searched by face: 1. Tell the supervisor."
    ]
    with desk.post.store.writing() as session:
        session.execute(text("UPDATE templates SET encoder = 'older'"))
    desk.lists.forget()
    nobody = desk.counter.screen(picture(500), source="t").value
    assert (nobody.answer, nobody.fault) == (Answer.LOOK_AGAIN, True), "nobody was compared with anybody"


def test_that_companions_are_found_from_each_other(desk: Desk, lost: int) -> None:
    assert lost
    mother = desk.counter.screen(picture(500), source="t").value.screening_id
    child = desk.counter.screen(picture(7, moment=1), source="t", with_companions=mother).value
    child_again = desk.counter.screen(picture(7, moment=2), source="t", after=child.screening_id).value.screening_id
    uncle = desk.counter.screen(picture(501), source="t", with_companions=child_again).value.screening_id
    assert [each.screening_id for each in desk.counter.companions(child_again)] == [mother, uncle]
    assert [each.screening_id for each in desk.counter.companions(uncle)] == [mother, child_again]
    sign_in(desk, "second")
    assert [each.screening_id for each in desk.second_line.alert(child.alert_id or 0).companions] == [mother, uncle]


def test_that_a_look_up_says_only_how_completely(desk: Desk, lost: int) -> None:
    assert lost
    quiet = desk.counter.look_up(typed()).value
    loud = desk.counter.look_up(typed(passport_zone(number="LP7778889"))).value
    assert quiet == loud
    assert [each.what for each in quiet] == [What.NUMBERS, What.NAMES]
    assert acts(desk)[-1] == "looked.up"


def test_that_the_log_holds_no_name_number_or_list(desk: Desk, lost: int) -> None:
    assert lost
    remark = Sentence("The zone says {zone}, the page says {page}.", {"zone": "QURAISHI", "page": "BUTT"})
    document = typed(zone_of_tariq(number="LP7778889"), remarks=(remark,))
    desk.counter.look_up(document)
    assert desk.counter.screen(picture(7), source="t", document=document).value.answer is Answer.REFER
    with desk.post.store.reading() as session:
        bodies = [
            json.loads(row.body) for row in session.scalars(select(AuditRow)) if json.loads(row.body)["actor"] == "officer"
        ]
    for word in ("QUR", "BUTT", "TAR", "LP777", "LOST", "WANTED", 'REFER"', "DISTANCE"):
        assert word not in json.dumps([each for each in bodies if each["act"] != "screened"]).upper()
        told = [{key: value for key, value in each["details"].items() if key != "answer"} for each in bodies]
        assert word not in json.dumps(told).upper()


def test_that_what_the_second_line_reads_is_frozen(desk: Desk, lost: int) -> None:
    assert lost
    answered = desk.counter.screen(picture(500), source="t", document=typed(zone_of_tariq(number="LP7778889"))).value
    view = sign_in(desk, "second").second_line.alert(answered.alert_id or 0)
    assert [each.bases for each in view.candidates] == [(Basis.NUMBER,), (Basis.NAME,)]
    assert [each.grounds for each in view.candidates] == [None, None], "how much agrees comes after the own view"
    assert view.document is not None
    assert view.document.lines[0].startswith("P<PAKQURAISHI<<TAREK")
    with desk.post.store.reading() as session:
        row = session.get_one(CandidateRow, (answered.alert_id, 2))
        assert json.loads(row.grounds)["name"]["birth"] == "the same day"


@pytest.fixture
def compared(desk: Desk, lost: int, faces: NumberedFaces) -> Desk:
    """A post that has a calibration of printed portraits, on the scale of numbered people."""
    assert lost
    folder = desk.post.folder / "calibration"
    folder.mkdir()
    cohort.save(folder / cohort_name(SCALE.cohort.digest), UNIT.digest, MIXTURE)
    SCALE.calibration.save(folder / CALIBRATION)
    SCALE.calibration.save(folder / PORTRAITS)
    return sign_in(Desk(desk.post, faces, desk.clock), "officer")


def held(faces: NumberedFaces, person: int, moment: int = 9) -> DocumentPortrait:
    image = picture(person, moment=moment)
    seen = faces.look(image)[0]
    return DocumentPortrait(image, seen.face, seen.quality, faces.encode(image, seen.face))


def test_that_the_face_is_compared_with_the_portrait_and_a_difference_is_said(compared: Desk, faces: NumberedFaces) -> None:
    adult = passport_zone(born="800409")
    own = compared.counter.screen(picture(500), source="t", document=typed(adult, portrait=held(faces, 500))).value
    assert own.portrait is not None
    assert (own.answer, own.portrait.looks) == (Answer.NO_LEAD, Looks.ALIKE)
    other = compared.counter.screen(picture(501), source="t", document=typed(adult, portrait=held(faces, 500))).value
    assert other.portrait is not None
    assert (other.answer, other.portrait.looks, other.alert_id) == (Answer.LOOK_AGAIN, Looks.DIFFERENT, None)
    image = picture(501)
    before = compared.counter.compare_portrait(
        image, compared.counter.look(image)[0].face, typed(adult, portrait=held(faces, 500))
    )
    assert before == other.portrait


def test_that_what_is_not_known_of_a_chip_is_said_and_asks_for_nothing(desk: Desk, lost: int) -> None:
    assert lost
    remark = Sentence("No certificate of the issuing State is here.")
    for state, answer in ((ChipState.NO_ANCHOR, Answer.NO_LEAD), (ChipState.ALTERED, Answer.LOOK_AGAIN)):
        document = TravelDocument(Origin.CHIP, passport_zone(), chip=state, remarks=(remark,))
        answered = desk.counter.screen(picture(500), source="t", document=document).value
        assert (answered.answer, answered.reasons) == (answer, (remark,))


def test_that_a_zone_printed_letter_for_letter_finds_the_arabic_name(desk: Desk, lost: int) -> None:
    assert lost
    sign_in(desk, "admin")
    wanted = desk.records.add_watchlist("Others", Purpose.REFER, "Police", "+00").value
    known = particulars("آفریدی", given_names="محمد طارق", birth_date="1991-05-09", sex="M")
    record = desk.records.add_record(wanted, known, [png(picture(9))], "warrant").value
    zone = passport_zone(*(to_zone(each) for each in ("آفریدی", "محمد طارق")), born="910509", sex="M")
    assert "X" in zone.lines[0]
    answered = sign_in(desk, "officer").counter.screen(picture(500), source="t", document=typed(zone)).value
    assert [each.record_id for each in answered.candidates] == [record]


def test_that_a_companion_or_an_earlier_screening_must_exist(desk: Desk, lost: int) -> None:
    assert lost
    for stated in ({"after": 99}, {"with_companions": 99}):
        with pytest.raises(OperatorError, match="99"):
            desk.counter.screen(picture(500), source="t", **stated)  # type: ignore[arg-type] # one of the two
    assert "screened" not in acts(desk)
