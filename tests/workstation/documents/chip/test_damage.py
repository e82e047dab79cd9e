"""A few hundred of the damaged chips of benchmarks/fuzz_chip.py, which reads a hundred thousand."""

import pytest

from tests.chip_mutations import read_damaged


@pytest.mark.parametrize("first", range(0, 300, 100))
def test_that_damaged_chips_give_a_state_or_a_sentence(first: int) -> None:
    came_of = {read_damaged(number) for number in range(first, first + 100)}
    assert "contents are not as signed" in came_of
    assert "refused: False" not in came_of
