"""The fixed pitch laid through places that are off, missing or too many."""

import numpy as np
import pytest
from numpy.typing import NDArray

from workstation.documents.zone_reader import columns
from workstation.documents.zone_reader.locating import Line
from workstation.documents.zone_reader.recognising import Tokens

LINE = Line(np.zeros(2), np.array([1.0, 0.0]), np.zeros(3), 0.0, 900.0, 20.0)


def tokens(ways: NDArray[np.floating]) -> Tokens:
    return Tokens(np.full((len(ways), 37), 1 / 37, dtype=np.float32), ways.astype(np.float64), 0)


@pytest.mark.parametrize("left_out", [(), (5,), (5, 6), (20, 30, 41)])
def test_that_characters_that_were_missed_leave_their_columns_free(left_out: tuple[int, ...]) -> None:
    rng = np.random.default_rng(4)
    places = np.array([n for n in range(44) if n not in left_out])
    # Perspective: the pitch grows along the line; answers come every 0.4 pitches.
    ways = 30 + 18 * places + 0.03 * places**2 + rng.uniform(-0.2, 0.2, len(places)) * 18
    found = columns.fitted(LINE, tokens(ways))
    assert found is not None
    assert found.count == 44
    assert found.token_columns.tolist() == places.tolist()
    every = np.arange(44)
    np.testing.assert_allclose(np.polyval(found.ways, every), 30 + 18 * every + 0.03 * every**2, atol=0.25 * 18)


def test_that_of_two_characters_in_one_column_one_stays() -> None:
    ways = np.sort(np.append(20.0 * np.arange(30), 20.0 * 11 + 4))
    found = columns.fitted(LINE, tokens(ways))
    assert found is not None
    assert sorted(each for each in found.token_columns.tolist() if each >= 0) == sorted(
        set(found.token_columns.tolist()) - {-1}
    )


def test_that_print_without_a_pitch_has_no_columns() -> None:
    ways = np.cumsum(np.random.default_rng(6).uniform(5.0, 60.0, 40))
    assert columns.fitted(LINE, tokens(ways)) is None
    assert columns.fitted(LINE, tokens(np.arange(5) * 20.0)) is None


@pytest.mark.parametrize("count", [61, 3000])
def test_that_a_line_of_more_places_than_any_zone_is_none(count: int) -> None:
    """A screenshot with small print once took half a minute, column by column."""
    places = np.append(np.arange(30), count - 1)
    assert columns.fitted(LINE, tokens(6.0 * places)) is None
    assert columns.fitted(LINE, tokens(6.0 * np.arange(44))) is not None
