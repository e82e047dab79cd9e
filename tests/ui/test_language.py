"""Every word on the screen goes through translation, and the layout mirrors for a language written from right to left."""

import re

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.counter.answer_card import AnswerCard
from ui.shell.main_window import MainWindow
from ui.shell.sign_in import SignInPage
from ui.threads.background import AskDesk
from workstation.desk.desk import Desk

_DATA = {"Test post", "test camera", ""}
_NO_WORDS = re.compile(r"[\d\W_]*|Alt\+\d|F\d+|[A-Z]")
"""A single capital letter names a key."""


class Brackets(QTranslator):
    """A language in which every text stands in brackets."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        del context, disambiguation, n
        return f"⟦{source}⟧"


@pytest.fixture
def bracketed(qtbot: QtBot) -> object:
    assert qtbot
    translator = Brackets()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def words_of(widget: QWidget) -> list[str]:
    found = []
    for each in widget.findChildren(QWidget):
        if isinstance(each, QLabel | QAbstractButton):
            found.append(each.text())
        if isinstance(each, QLineEdit):
            found.append(each.placeholderText())
        found.append(each.accessibleName())
    return found


def test_that_no_text_escapes_translation(qtbot: QtBot, bracketed: None, desk: Desk) -> None:
    del bracketed
    window = MainWindow(AskDesk(lambda _: desk), lambda _: pytest.fail("no camera here"))
    qtbot.addWidget(window)
    window.sign_in.show_form(post="Test post", training=False, first=True)
    plain = {text for text in words_of(window) if text not in _DATA and "⟦" not in text and not _NO_WORDS.fullmatch(text)}
    assert plain == set()


def test_that_the_layout_mirrors(qtbot: QtBot, window: MainWindow) -> None:
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    counter = window.counter
    window._stack.setCurrentWidget(counter)
    qtbot.waitUntil(lambda: counter.card.mapTo(counter, counter.card.rect().center()).x() < counter.width() / 2)
    assert counter.view.mapTo(counter, counter.view.rect().center()).x() > counter.width() / 2


def test_that_every_control_has_a_name_for_those_who_do_not_see_it(window: MainWindow) -> None:
    nameless = [
        each
        for each in window.findChildren(QWidget)
        if isinstance(each, QAbstractButton | QLineEdit)
        and each.metaObject().className() in {"QPushButton", "QLineEdit"}
        and not (each.accessibleName() or (each.text() if isinstance(each, QAbstractButton) else ""))
    ]
    assert nameless == []


def test_that_the_card_looks_the_same_whatever_the_purpose(qtbot: QtBot) -> None:
    card = AnswerCard()
    qtbot.addWidget(card)
    assert {card.state} == {"waiting"}
    assert "purpose" not in AnswerCard.show_answer.__code__.co_names


def test_that_the_training_people_are_shown_with_their_passwords(qtbot: QtBot, desk: Desk) -> None:
    page = SignInPage(AskDesk(lambda _: desk))
    qtbot.addWidget(page)
    page.show_form(post="Test post", training=True, first=False)
    shown = " ".join(words_of(page))
    assert "training-counter" in shown
    assert "training-log-book" in shown
