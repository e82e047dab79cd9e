"""Thousands of people at a counter in small: nobody is passed over, no paper goes astray, hardly anybody is asked about."""

from collections import Counter

import pytest

from tests.workstation.at_counter.queue_of_people import CounterInSmall


@pytest.mark.parametrize("slow", [1.0, 4.0])
@pytest.mark.parametrize("seed", range(3))
def test_that_nobody_is_passed_over_and_no_paper_goes_astray(seed: int, slow: float) -> None:
    counter = CounterInSmall(seed, 60, slow)
    assert counter.run() == Counter()
    assert counter.questions <= 12, "this queue overlaps at every second traveller"
