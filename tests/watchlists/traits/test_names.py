"""Names compare without case, marks and punctuation, in any script."""

import pytest

from watchlists.traits.names import fold


@pytest.mark.parametrize(
    ("names", "folded"),
    [
        (("José  Ángel", "O'Neil"), " jose angel o neil "),
        (("MÜLLER-Lüdenscheidt",), " muller ludenscheidt "),
        (("Straße",), " strasse "),
        (("مُحَمَّد",), " محمد "),
        (("", " - "), ""),
        ((), ""),
    ],
)
def test_that_names_are_folded(names: tuple[str, ...], folded: str) -> None:
    assert fold(*names) == folded


def test_that_folding_twice_changes_nothing() -> None:
    once = fold("Łukasz Ðorđević", "ﬁancé")
    assert fold(once) == once
