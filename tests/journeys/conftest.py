"""Journeys use the windows of tests/ui on a real store."""

from tests.ui.conftest import clock, desk, faces, listed, post, silent_qt, window

__all__ = ["clock", "desk", "faces", "listed", "post", "silent_qt", "window"]
