"""What an earlier encoder or cohort left behind is searched again after a start, and what cannot be is counted."""

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import delete, select, update

from matching.faces.images import Image
from matching.rates.cohort import Cohort, Mixture
from matching.rates.scale import Scale
from tests.factory import NOW
from tests.fakes import SCALE, UNIT, NumberedFaces, picture
from tests.kept_up import status
from tests.workstation.conftest import Clock, sign_in
from watchlists.records.schema import TemplateRow
from workstation.bench.calibrating import Made
from workstation.capture.face_reader import Sighting
from workstation.desk.desk import Desk
from workstation.operating_point import scales
from workstation.post import store
from workstation.post.post import Post
from workstation.search import lists, renewal

OTHER_MIXTURE = Mixture(np.ones(1), np.full((1, 16), 0.1), 1.1 * np.eye(16)[None])
OTHER = Cohort.of(UNIT.digest, OTHER_MIXTURE)


class OtherCohort(NumberedFaces):
    scale = Scale(OTHER, replace(SCALE.calibration, cohort=OTHER.digest))


class Blind(NumberedFaces):
    def look(self, image: Image) -> tuple[Sighting, ...]:
        del image
        return ()


def nothing(_done: int, _all: int) -> None:
    pass


def normalisers(desk: Desk) -> list[tuple[str, float]]:
    with desk.post.store.reading() as session:
        return [(row.cohort, row.normaliser) for row in session.scalars(select(TemplateRow).order_by(TemplateRow.id))]


def test_that_another_cohort_leaves_nothing_searched_until_it_is_renewed(
    post: Post, desk: Desk, listed: int, clock: Clock
) -> None:
    before = normalisers(desk)
    with post.store.reading() as session:
        stale = lists.load(session, UNIT, OtherCohort.scale, NOW.date())
    assert (stale.entries, stale.excluded) == (0, {lists.OTHER_COHORT: 4})
    again = Desk(post, OtherCohort(), clock)
    assert status(again).entries == 4, "whatever is asked first"
    assert status(again).not_searched == {}
    after = normalisers(desk)
    assert {cohort for cohort, _ in after} == {OTHER.digest}
    assert [value for _, value in after] != [value for _, value in before]
    sign_in(again, "officer")
    assert again.counter.screen(picture(7, moment=5), source="t").value.candidates[0].record_id == listed


def test_that_portraits_of_an_earlier_encoder_are_read_again_and_their_templates_stay(
    post: Post, desk: Desk, listed: int, faces: NumberedFaces, clock: Clock
) -> None:
    del desk, listed
    with post.store.writing() as session:
        session.execute(update(TemplateRow).values(encoder="earlier"))
    again = Desk(post, faces, clock)
    again.lists.read(nothing)
    assert status(again).entries == 4
    with post.store.reading() as session:
        encoders = [row.encoder for row in session.scalars(select(TemplateRow))]
    assert sorted(encoders) == ["earlier"] * 4 + [UNIT.digest] * 4
    sign_in(again, "auditor")
    entry = next(each for each in again.log.entries() if each.act == "templates.renewed")
    assert entry.details["portraits"] == 4


def test_that_a_portrait_without_a_face_is_counted_and_tried_again(post: Post, desk: Desk, listed: int, clock: Clock) -> None:
    del desk, listed
    with post.store.writing() as session:
        session.execute(delete(TemplateRow))
    again = Desk(post, Blind(), clock)
    again.lists.read(nothing)
    assert status(again).not_searched == {"portrait without a template": 4}
    sign_in(again, "admin")
    assert len(again.lists.renew(nothing).value.failed) == 4


def test_that_too_many_wait_for_the_command(post: Post, desk: Desk, listed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    del desk, listed
    with post.store.writing() as session:
        session.execute(delete(TemplateRow))
    monkeypatch.setattr(renewal, "AT_START", 3)
    again = Desk(post, NumberedFaces(), Clock())
    again.lists.read(nothing)
    assert status(again).entries == 0
    sign_in(again, "admin")
    assert again.lists.renew(nothing).value.portraits == 4
    assert status(again).entries == 4


def test_that_a_posts_own_calibration_counts_from_the_next_start(
    post: Post, desk: Desk, listed: int, faces: NumberedFaces, clock: Clock
) -> None:
    del listed
    sign_in(desk, "supervisor")
    as_saved = Mixture(*(np.asarray(part, "<f4").astype(np.float64) for part in (np.ones(1), *_parts())))
    cohort = Cohort.of(UNIT.digest, as_saved)
    desk.operating.take_calibration(Made(as_saved, replace(SCALE.calibration, cohort=cohort.digest, data="our own lanes")))
    assert (post.folder / scales.FOLDER / "calibration.json").exists()
    again = Desk(post, faces, clock)
    again.lists.read(nothing)
    assert status(again).entries == 4
    sign_in(again, "supervisor")
    assert again.operating.view().data == "our own lanes"


def _parts() -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.float64]], np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    return OTHER_MIXTURE.means, OTHER_MIXTURE.factors


def test_that_a_store_of_the_first_version_is_searched_after_its_upgrade(
    post: Post, desk: Desk, listed: int, faces: NumberedFaces, clock: Clock
) -> None:
    del desk
    store.upgrade(post.store, "0001")
    store.upgrade(post.store)
    again = Desk(post, faces, clock)
    assert (status(again).entries, status(again).not_searched) == (4, {})
    sign_in(again, "officer")
    assert again.counter.screen(picture(7, moment=5), source="t").value.candidates[0].record_id == listed
