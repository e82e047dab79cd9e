"""OpenCV, imported here first and with its limits: every module of ours takes cv2 from this one."""

import os

MAX_PIXELS = 50_000_000

os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MAX_PIXELS))
# What a source lacks is said in the window; the libraries would write a dozen lines a second, addresses among them.
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
import cv2  # noqa: E402 - limits and silence must stand in the environment before the import

# opencv-python points Qt at its own platform plug-ins and fonts; PySide6 brings the right ones.
os.environ.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
os.environ.pop("QT_QPA_FONTDIR", None)

__all__ = ["MAX_PIXELS", "cv2"]
