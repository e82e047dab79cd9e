"""Takes a picture of every screen on a real X display that it starts itself.

    python tests/journeys/screenshots.py FOLDER

English, light and dark, at 1366x768 and 1920x1080.
"""

import itertools
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

SIZES = ((1366, 768), (1920, 1080))
THEMES = ("light", "dark")


@contextmanager
def x_display(width: int, height: int) -> Iterator[str]:
    """A display of this size, on a free number."""
    number = next(each for each in itertools.count(90) if not Path(f"/tmp/.X11-unix/X{each}").exists())  # noqa: S108 - where X puts its sockets
    server = subprocess.Popen(
        ["Xvfb", f":{number}", "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 20
        while not Path(f"/tmp/.X11-unix/X{number}").exists():  # noqa: S108 - where X puts its sockets
            if time.monotonic() > until or server.poll() is not None:
                raise RuntimeError("Xvfb did not start")
            time.sleep(0.05)
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


def main(folder: Path) -> None:
    """One child process a size and theme: Qt takes its display once."""
    folder.mkdir(parents=True, exist_ok=True)
    for (width, height), theme in itertools.product(SIZES, THEMES):
        with x_display(width, height) as display:
            where = folder / f"{width}x{height}-{theme}"
            environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
            command = [sys.executable, __file__, "--shoot", str(where), str(width), str(height), theme]
            subprocess.run(command, env=environment, check=True)
            print(where)  # noqa: T201 - where to look


def shoot(folder: Path, width: int, height: int, theme: str) -> None:
    from ui.shell.rendered import render_screens  # noqa: PLC0415 - Qt must see the display that this process was started with

    render_screens(folder.parent / "post", folder, (width, height), theme)


if __name__ == "__main__":
    if sys.argv[1] == "--shoot":
        shoot(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
    else:
        main(Path(sys.argv[1]))
