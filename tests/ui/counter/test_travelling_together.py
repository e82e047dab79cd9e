"""Who belongs to whom follows from when the key was pressed."""

from ui.counter.travelling_together import TravellingTogether


def test_that_a_group_begins_with_the_traveller_in_front() -> None:
    together = TravellingTogether()
    together.close(4)
    together.turn(somebody=True)
    assert together.companion is None
    together.close(5)
    assert together.companion == 5
    together.close(6)
    assert _stands(together) == (6, 2)
    together.turn(somebody=False)
    assert together.companion is None
    together.close(7)
    assert together.companion is None


def test_that_a_group_may_begin_with_the_one_who_has_just_left() -> None:
    together = TravellingTogether()
    together.turn(somebody=False)
    assert together.companion is None
    together.turn(somebody=False)
    together.close(3)
    together.turn(somebody=False)
    assert _stands(together) == (3, 1)


def _stands(together: TravellingTogether) -> tuple[int | None, int]:
    return together.companion, together.count
