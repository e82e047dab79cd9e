"""Single truths of the traveller at the counter, each told as a short story."""

import pytest

from tests.fakes import NumberedFaces, picture
from workstation.at_counter import happenings
from workstation.at_counter.happenings import Answered, Do, Enter, Happening, PageLies, PageRead, Seen, Space, Undo
from workstation.at_counter.known_faces import EVERY_SECONDS, Known, KnownFaces
from workstation.at_counter.likeness import Likeness, likeness, together
from workstation.at_counter.saying import Line, line
from workstation.at_counter.step import step
from workstation.at_counter.traveller import AtCounter, Fit, Stage, Whose, left_out


class Told:
    """Tells a story, a moment after the other, and remembers what was to be done."""

    def __init__(self) -> None:
        self.at = 100.0
        self.now = AtCounter()
        self.done: list[Do] = []

    def __call__(self, *told: Happening) -> "Told":
        for each in told:
            self.now, acts = step(self.now, each)
            self.done += [act.what for act in acts]
        return self

    def after(self, seconds: float) -> float:
        self.at += seconds
        return self.at

    def stands(self, seconds: float = 1.5, likeness: Likeness | None = None, faces: int = 1) -> "Told":
        """Somebody stands before the camera for so long."""
        for _ in range(round(seconds / 0.1)):
            self(Seen(self.after(0.1), faces, good=faces == 1, likeness=likeness))
        return self

    def answered(self, *, matters: bool = False, page: int = 0, doubted: bool = False, unlike: bool = False) -> "Told":
        return self(Answered(self.after(0.5), matters, page, doubted, unlike))


@pytest.fixture
def told() -> Told:
    return Told()


def test_that_whoever_stands_there_is_taken_once(told: Told) -> None:
    told.stands()
    assert told.done == [Do.TAKE]
    told.answered().stands(5, Likeness.ALIKE)
    assert told.done == [Do.TAKE]


@pytest.mark.parametrize(("likeness", "seconds"), [(Likeness.UNLIKE, 1.5), (Likeness.OPEN, None), (None, None)])
def test_that_another_face_is_taken_next_without_an_empty_picture(
    told: Told, likeness: Likeness | None, seconds: float | None
) -> None:
    told.stands().answered()(Enter(told.after(1)))
    assert told.now.stage is Stage.CLOSED
    told.stands(2, likeness)
    assert told.done.count(Do.TAKE) == (2 if seconds else 1)
    if not seconds:
        assert line(told.now, told.at) is Line.NEXT
        assert told(Space(told.after(1))).done[-1] is Do.TAKE_NOW


def test_that_a_bowed_head_does_not_make_another_traveller(told: Told) -> None:
    told.stands().answered()(Enter(told.after(1)))
    told.stands(2, faces=0).stands(3, Likeness.ALIKE)
    assert told.done.count(Do.TAKE) == 1
    told.stands(7, faces=0)
    assert told.now.stage is Stage.LEFT
    told.stands()
    assert told.done.count(Do.TAKE) == 2


def test_that_leaving_is_noticed_beside_an_answer_and_the_next_one_is_taken_at_once(told: Told) -> None:
    told.stands().answered().stands(1, Likeness.UNLIKE)
    assert line(told.now, told.at) is Line.ANOTHER
    told(Enter(told.after(1)))
    assert told.now.stage is Stage.ARRIVING
    told.stands()
    assert told.done.count(Do.TAKE) == 2


def test_that_a_page_is_of_whoever_stood_there_when_it_was_laid_down(told: Told) -> None:
    told.stands(0.3)(PageLies(told.after(0.1), 1), PageRead(told.after(0.1), 1))
    assert Do.LOOK_UP in told.done
    told.stands()
    assert told.now.whose is Whose.SURE


def test_that_a_page_laid_after_the_closing_is_nobodys_before_it_is_known(told: Told) -> None:
    told.stands().answered()(Enter(told.after(1)))
    told(PageLies(told.after(0.5), 1), PageRead(told.after(0.5), 1))
    assert Do.LOOK_UP not in told.done
    told.stands(2, Likeness.UNLIKE)
    assert (told.now.stage, told.now.whose) == (Stage.TAKEN, Whose.OPEN)
    told.answered(page=1, doubted=True)
    assert line(told.now, told.at) is Line.WHOSE
    told(Enter(told.after(3)))
    assert Do.CLOSE not in told.done[3:], "Enter answers no question"
    told(happenings.Yes(told.after(1)))
    assert told.done[-1] is Do.SEARCH
    assert told.now.whose is Whose.SURE


def test_that_the_document_of_the_traveller_before_is_asked_about(told: Told) -> None:
    told.stands(0.3)(PageLies(told.after(0.1), 1), PageRead(told.after(0.1), 1, former=True))
    told.stands()
    assert told.now.whose is Whose.OPEN


@pytest.mark.parametrize(
    ("whose", "fits"),
    [
        (Whose.SURE, set(Fit)),
        (Whose.CHANGED, set(Fit) - {Fit.UNLIKE}),
        (Whose.LATE, {Fit.FITS, Fit.NONE}),
        (Whose.OPEN, {Fit.FITS}),
    ],
)
def test_that_a_portrait_decides_only_where_the_counter_does_not_know(whose: Whose, fits: set[Fit]) -> None:
    assert {fit for fit in Fit if not left_out(whose, fit)} == fits


def test_that_a_page_laid_while_two_changed_places_is_not_the_former_ones(told: Told) -> None:
    told.stands().answered().stands(0.5, Likeness.ALIKE)
    told(PageLies(told.after(0.2), 1)).stands(0.6, Likeness.UNLIKE)(PageRead(told.after(0.5), 1))
    assert told.now.page is None
    assert told.done[-1] is Do.KEEP_FOR_NEXT


def test_that_a_page_left_on_the_desk_is_not_the_next_ones(told: Told) -> None:
    told.stands().answered(matters=False)(PageLies(told.after(0.1), 1))
    told(Enter(told.after(1)), Enter(told.after(2))).stands(0.6, Likeness.UNLIKE)
    told(PageLies(told.after(0.3), 2), PageRead(told.after(0.2), 2)).stands()
    assert told.now.whose is Whose.OPEN


def test_that_closing_while_a_page_is_read_asks_once_and_two_presses_in_a_row_are_one(told: Told) -> None:
    told.stands().answered()(PageLies(told.after(0.1), 1))
    told(Enter(told.after(1)), Enter(told.after(0.2)))
    assert Do.CLOSE not in told.done
    assert line(told.now, told.at) is Line.UNREAD
    told(Enter(told.after(2)))
    assert Do.CLOSE in told.done


def test_that_a_closing_can_be_taken_back_for_ten_seconds(told: Told) -> None:
    told.stands().answered()(Enter(told.after(1)))
    told(Undo(told.after(9)))
    assert (told.now.stage, told.done[-1]) == (Stage.ANSWERED, Do.REOPEN)
    told(Enter(told.after(2)), Undo(told.after(11)))
    assert told.now.stage is Stage.CLOSED


def test_that_who_left_without_being_taken_is_said(told: Told) -> None:
    for _ in range(30):
        told(Seen(told.after(0.1), 1, good=False))
    told.stands(2.2, faces=0)
    assert line(told.now, told.at) is Line.SKIPPED


def test_that_a_turned_face_is_never_called_unlike() -> None:
    assert likeness(0.9, good=False) is Likeness.OPEN
    assert [likeness(each, good=True) for each in (0.1, 0.57, 0.9)] == [Likeness.ALIKE, Likeness.OPEN, Likeness.UNLIKE]
    assert together((Likeness.UNLIKE, Likeness.ALIKE)) is Likeness.ALIKE
    assert together(()) is Likeness.OPEN


def test_that_faces_are_compared_now_and_then_and_at_once_when_somebody_comes_back() -> None:
    known, faces = KnownFaces(), NumberedFaces()
    one, other = picture(1), picture(2)
    known.remember(Known.TRAVELLER, one, faces.look(one)[0].face)
    told = [known.compare(each, faces.look(each), at, faces.recognise)[1] for at, each in ((0.0, one), (0.1, other))]
    assert told == [{Known.TRAVELLER: Likeness.ALIKE}, {}]
    assert known.compare(other, faces.look(other), EVERY_SECONDS, faces.recognise)[1] == {Known.TRAVELLER: Likeness.UNLIKE}
    assert known.compare(one, (), 0.5, faces.recognise)[1] == {}
    assert known.compare(one, faces.look(one), 0.6, faces.recognise)[1] == {Known.TRAVELLER: Likeness.ALIKE}
    known.forget()
    assert known.compare(one, faces.look(one), 9.0, faces.recognise)[1] == {}
