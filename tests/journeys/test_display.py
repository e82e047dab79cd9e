"""On a real X display: Qt's own platform starts although OpenCV brought another one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.screenshots import x_display

STARTING = """
from matching.faces.opencv import cv2
import cv2 as again
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel("x")
label.show()
application.processEvents()
assert not label.grab().isNull()
print(application.platformName())
"""


@pytest.mark.display
@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed; `make test` installs it")
def test_that_the_xcb_platform_starts_after_opencv_was_imported() -> None:
    home = Path(__file__).parents[2]
    with x_display(640, 480) as display:
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        done = subprocess.run(
            [sys.executable, "-c", STARTING], cwd=home, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
    assert done.stdout.strip() == "xcb", done.stderr
