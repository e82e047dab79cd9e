"""Every text of every theme can be read on what it stands on."""

from collections.abc import Mapping

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from ui.widgets.theme import DARK, HIGH_CONTRAST, LIGHT, TEXT_PAIRS, colours, dress


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("table", [LIGHT, DARK, HIGH_CONTRAST], ids=["light", "dark", "high contrast"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_that_text_stands_out(table: Mapping[str, str], ink: str, ground: str) -> None:
    bright, dim = sorted((luminance(table[ink]), luminance(table[ground])), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 4.5


def test_that_no_lead_is_not_green_and_protection_not_red() -> None:
    for table in (LIGHT, DARK):
        neutral, warm = QColor(table["no_lead"]), QColor(table["protect"])
        assert abs(neutral.green() - neutral.blue()) < 24
        assert warm.hslSaturationF() < 0.5


@pytest.mark.parametrize("theme", ["light", "dark", "high contrast"])
def test_that_borders_have_the_colour_of_lines(qapp: QApplication, theme: str) -> None:
    dress(qapp, theme, 16)
    assert f"border: 1px solid {colours(theme)['line']};" in qapp.styleSheet()
