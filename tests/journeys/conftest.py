"""Journeys use the windows of tests/ui on a real store."""

from tests.ui.conftest import camera, clock, desk, documents, faces, listed, post, silent_qt, window

__all__ = ["camera", "clock", "desk", "documents", "faces", "listed", "post", "silent_qt", "window"]
