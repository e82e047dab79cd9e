"""One table of named colours for each theme, and the one style sheet that uses them."""

from collections.abc import Mapping
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

LIGHT: Mapping[str, str] = {
    "ground": "#eef0f2",
    "surface": "#ffffff",
    "raised": "#f7f8f9",
    "line": "#cfd5da",
    "text": "#1a2127",
    "quiet": "#55606a",
    "accent": "#1d5a9e",
    "on_accent": "#ffffff",
    "chosen": "#dce8f5",
    "no_lead": "#e4e7ea",
    "on_no_lead": "#1a2127",
    "look_again": "#ffe2a0",
    "on_look_again": "#402c00",
    "refer": "#123a6d",
    "on_refer": "#ffffff",
    "protect": "#f3eadf",
    "on_protect": "#43331f",
    "fault": "#a8231c",
    "on_fault": "#ffffff",
    "problem": "#a8231c",
    "training": "#5b3f86",
    "on_training": "#ffffff",
    "picture": "#20262b",
    "on_picture": "#f2f4f5",
}
DARK: Mapping[str, str] = {
    "ground": "#12161a",
    "surface": "#1b2026",
    "raised": "#222830",
    "line": "#3a434c",
    "text": "#e7ebee",
    "quiet": "#a6b1ba",
    "accent": "#84b6f2",
    "on_accent": "#0d1a29",
    "chosen": "#24364a",
    "no_lead": "#2b333a",
    "on_no_lead": "#e7ebee",
    "look_again": "#5a4200",
    "on_look_again": "#ffe7b3",
    "refer": "#1f4f8f",
    "on_refer": "#ffffff",
    "protect": "#3b3228",
    "on_protect": "#f2e5d4",
    "fault": "#8f1f19",
    "on_fault": "#ffffff",
    "problem": "#ff9d94",
    "training": "#5b3f86",
    "on_training": "#ffffff",
    "picture": "#0b0e11",
    "on_picture": "#e7ebee",
}
HIGH_CONTRAST: Mapping[str, str] = {
    **DARK,
    "ground": "#000000",
    "surface": "#000000",
    "raised": "#000000",
    "line": "#ffffff",
    "text": "#ffffff",
    "quiet": "#ffffff",
    "accent": "#ffe14d",
    "on_accent": "#000000",
    "chosen": "#003a7a",
    "no_lead": "#000000",
    "on_no_lead": "#ffffff",
    "look_again": "#ffd23f",
    "on_look_again": "#000000",
    "refer": "#003a7a",
    "on_refer": "#ffffff",
    "protect": "#f3eadf",
    "on_protect": "#000000",
    "fault": "#b00000",
    "on_fault": "#ffffff",
    "problem": "#ffb0a8",
    "training": "#3d2466",
    "on_training": "#ffffff",
    "picture": "#000000",
    "on_picture": "#ffffff",
}
TEXT_PAIRS = (
    ("text", "ground"),
    ("text", "surface"),
    ("text", "raised"),
    ("text", "chosen"),
    ("quiet", "ground"),
    ("quiet", "surface"),
    ("accent", "surface"),
    ("on_accent", "accent"),
    ("on_no_lead", "no_lead"),
    ("on_look_again", "look_again"),
    ("on_refer", "refer"),
    ("on_protect", "protect"),
    ("on_fault", "fault"),
    ("problem", "surface"),
    ("on_training", "training"),
    ("on_picture", "picture"),
)
"""Text and what it stands on; every pair is readable at 4.5 to 1 (WCAG 2.2, 1.4.3)."""


def colours(theme: str) -> Mapping[str, str]:
    """The table of a theme by its name in the settings; `system` follows the desktop."""
    if theme == "system":
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return {"light": LIGHT, "dark": DARK, "high contrast": HIGH_CONTRAST}[theme]


def dress(application: QApplication, theme: str, text_size: int) -> None:
    """Give the whole program its colours, type and style sheet."""
    table = colours(theme)
    application.setStyle("Fusion")
    font = QFont()
    font.setFamilies(["Noto Sans", "Noto Naskh Arabic"])
    font.setPixelSize(text_size)
    font.setFeature(QFont.Tag("tnum"), 1)
    application.setFont(font)
    application.setPalette(_palette(table))
    sizes = {
        "size_small": f"{round(text_size * 0.84)}px",
        "size": f"{text_size}px",
        "size_line": f"{round(text_size * 1.4)}px",
        "size_title": f"{round(text_size * 1.35)}px",
        "size_coaching": f"{round(text_size * 1.6)}px",
        "size_answer": f"{round(text_size * 2.4)}px",
    }
    sheet = Path(__file__).parents[1].joinpath("style.qss").read_text(encoding="utf-8")
    application.setStyleSheet(Template(sheet).substitute({**table, **sizes}))


def _palette(table: Mapping[str, str]) -> QPalette:
    palette = QPalette()
    for role, name in (
        (QPalette.ColorRole.Window, "ground"),
        (QPalette.ColorRole.WindowText, "text"),
        (QPalette.ColorRole.Base, "surface"),
        (QPalette.ColorRole.AlternateBase, "raised"),
        (QPalette.ColorRole.Text, "text"),
        (QPalette.ColorRole.PlaceholderText, "quiet"),
        (QPalette.ColorRole.Button, "raised"),
        (QPalette.ColorRole.ButtonText, "text"),
        (QPalette.ColorRole.Highlight, "chosen"),
        (QPalette.ColorRole.HighlightedText, "text"),
        (QPalette.ColorRole.ToolTipBase, "surface"),
        (QPalette.ColorRole.ToolTipText, "text"),
        (QPalette.ColorRole.Link, "accent"),
    ):
        palette.setColor(role, QColor(table[name]))
    return palette
