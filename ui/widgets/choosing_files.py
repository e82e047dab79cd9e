"""Choosing files: each dialog opens where the last one was left, and the first where people keep pictures or papers."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

_LAST = "lastFolder"
"""Property of the application: gone when the program ends, so that nothing tells of somebody's files."""


def a_picture(parent: QWidget, title: str) -> str:
    """Its path, or empty."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, _begin(QStandardPaths.StandardLocation.PicturesLocation))
    return _remember(chosen)


def pictures(parent: QWidget, title: str, kinds: str) -> tuple[str, ...]:
    chosen, _ = QFileDialog.getOpenFileNames(parent, title, _begin(QStandardPaths.StandardLocation.PicturesLocation), kinds)
    return tuple(map(_remember, chosen))


def a_folder(parent: QWidget, title: str) -> str:
    chosen = QFileDialog.getExistingDirectory(parent, title, _begin(QStandardPaths.StandardLocation.DocumentsLocation))
    return _remember(chosen)


def a_new_file(parent: QWidget, title: str, name: str, kinds: str) -> str:
    begin = Path(_begin(QStandardPaths.StandardLocation.DocumentsLocation)) / name
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(begin), kinds)
    return _remember(chosen)


def _begin(usual: QStandardPaths.StandardLocation) -> str:
    application = QApplication.instance()
    last = application.property(_LAST) if application is not None else None
    places = (last, QStandardPaths.writableLocation(usual), str(Path.home()))
    return next((place for place in places if place and Path(place).is_dir()), "")


def _remember(chosen: str) -> str:
    application = QApplication.instance()
    if chosen and application is not None:
        path = Path(chosen)
        application.setProperty(_LAST, str(path if path.is_dir() else path.parent))
    return chosen
