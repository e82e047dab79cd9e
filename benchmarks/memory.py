"""How much memory and processor time a window takes: from start, while frames come, and with every process it started.

    python benchmarks/memory.py [--training] [--frames 1920x1080] [--seconds 60]

A post of its own in a temporary folder; without --training both cameras play drawn frames of the given size from a folder of
pictures. Resident memory is summed over the processes as proportional set size (PSS), so that shared pages count once.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
BEGUN = time.monotonic()


def mib_of(process: int) -> float:
    """Proportional set size of one process."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")), 0.0)


def family(process: int) -> list[int]:
    """The process and everything it started."""
    found = [process]
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            found += family(int(child))
    return found


def processor_seconds() -> float:
    return sum(os.times()[:4])


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--training", action="store_true")
    wanted.add_argument("--frames", default="1920x1080")
    wanted.add_argument("--seconds", type=float, default=60)
    args = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder), args), indent=1))


def measure(folder: Path, args: argparse.Namespace) -> dict[str, object]:
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - importing is what is measured

    application = QApplication([])
    from ui.shell.app import assembled  # noqa: PLC0415 - as above
    from workstation.capture.face_process import FaceProcess  # noqa: PLC0415 - as above
    from workstation.documents.watching.page_process import PageProcess  # noqa: PLC0415 - as above
    from workstation.today import now, today  # noqa: PLC0415 - as above

    imported = time.monotonic() - BEGUN
    faces, pages = FaceProcess(), PageProcess(today)
    window = assembled(faces, pages, lambda progress: desk(folder, faces, args, progress))
    window.show()
    application.processEvents()
    shown = time.monotonic() - BEGUN
    wait(application, window.sign_in.enter.isVisible, 300)
    asked = time.monotonic() - BEGUN
    window.sign_in.login.setText("officer")
    window.sign_in.password.setText(password())
    window.sign_in.enter.click()
    wait(application, lambda: window.signed_in == "officer", 60)
    wait(application, lambda: bool(window.counter.coaching.text()), 120)
    usable = time.monotonic() - BEGUN
    figures: dict[str, object] = {
        "imports_s": round(imported, 2),
        "window_shown_s": round(shown, 2),
        "sign_in_s": round(asked, 2),
        "counter_usable_s": round(usable, 2),
        "processor_s_until_usable": round(processor_seconds(), 2),
        "load_average": os.getloadavg()[0],
    }
    most: dict[str, float] = {}
    until = time.monotonic() + args.seconds
    while time.monotonic() < until:
        step = time.monotonic() + 1
        wait(application, lambda step=step: time.monotonic() > step, 5)
        mine, *children = [mib_of(each) for each in family(os.getpid())]
        for name, value in (("window_mib", mine), ("children_mib", sum(children)), ("all_mib", mine + sum(children))):
            most[name] = round(max(most.get(name, 0), value), 1)
        if window.counter.answered is not None:
            window.counter.close_button.click()
    figures |= {"most": most, "frames": args.frames, "training": args.training, "at": f"{now():%Y-%m-%d}"}
    window.stop()
    faces.close()
    pages.close()
    return figures


def desk(folder: Path, faces: Any, args: argparse.Namespace, progress: Any) -> Any:
    from dataclasses import replace  # noqa: PLC0415 - as above

    from workstation import settings  # noqa: PLC0415 - as above
    from workstation.desk.desk import Desk  # noqa: PLC0415 - as above
    from workstation.today import now  # noqa: PLC0415 - as above
    from workstation.training_post.opening import open_training_post  # noqa: PLC0415 - as above

    post = open_training_post(folder / "post", faces, now, progress)
    if not args.training:
        pictures = folder / "frames"
        _draw(pictures, *map(int, args.frames.split("x")))
        with post.store.writing() as session:
            known = settings.settings(session)
            settings.change(session, replace(known, source=str(pictures), document_source=""), post.signing_key)
    made = Desk(post, faces, now)
    made.lists.read(progress)
    return made


def _draw(folder: Path, width: int, height: int) -> None:
    """Drawn people in frames of this size, as a folder source plays them."""
    import numpy as np  # noqa: PLC0415 - as above

    from matching.faces.images import png  # noqa: PLC0415 - as above
    from matching.faces.opencv import cv2  # noqa: PLC0415 - as above
    from workstation.training_post.camera import TravellersSource  # noqa: PLC0415 - as above

    folder.mkdir()
    source = TravellersSource(1)
    for number in range(40):
        image = np.asarray(cv2.resize(source.read().image, (width, height)), dtype=np.uint8)
        (folder / f"{number:03}.png").write_bytes(png(image))


def password() -> str:
    from workstation.training_post.sign_ins import password_of  # noqa: PLC0415 - as above

    return password_of("officer") or ""


def wait(application: object, condition: object, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not condition():  # type: ignore[operator] # a condition
        if time.monotonic() > until:
            raise TimeoutError("it did not come")
        application.processEvents()  # type: ignore[attr-defined] # QApplication, imported late
        time.sleep(0.01)


if __name__ == "__main__":
    main()
