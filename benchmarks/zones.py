"""Reading zones: our reader and its peers on the same drawn pages, and misprinted pages that must be reported.

`python benchmarks/zones.py --pages 40` draws the pages once; then each reader reads them in a process of its own, one thread.
Peers run in the Python that `--peers` names, with pytesseract, PassportEye or fastmrz; without it only ours does.
"""

import argparse
import importlib.util
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

TODAY = date(2026, 11, 25)
HOME = Path(__file__).parents[1]
sys.path.insert(0, str(HOME))
KINDS = ("photographed", "scanned", "misprinted", "among print")
PEERS = ("tesseract", "passporteye", "fastmrz")
_LINE = re.compile(r"[A-Z0-9<]{28,46}")


def draw(folder: Path, pages: int, misprints: int, first: int) -> None:
    """Pages and what is printed on them: photographed at four levels, scanned at 300 dpi, and misprinted."""
    from matching.faces.images import png  # noqa: PLC0415 - a peer's Python has none of this
    from workstation.documents.mrz.mrz import FORMATS  # noqa: PLC0415 - same
    from workstation.training_post.drawn import documents  # noqa: PLC0415 - same
    from workstation.training_post.drawn.photographing import photograph, scanned, shot  # noqa: PLC0415 - same

    truths = []
    for number in range(pages // 2):
        seed = 95_000 + first + number
        among = _among_print(documents.page(documents.document(seed, FORMATS[number % 5]), 300.0), seed, number)
        name = f"among print-{seed}.png"
        (folder / name).write_bytes(png(among[0]))
        truths.append({"name": name, "kind": "among print", "level": 0, "lines": list(among[1])})
    for kind, count in (("photographed", pages), ("scanned", pages // 2), ("misprinted", misprints)):
        for number in range(count):
            seed = {"photographed": 70_000, "scanned": 80_000, "misprinted": 90_000}[kind] + first + number
            form = FORMATS[number % 5]
            page = documents.page(documents.document(seed, form, misprinted=kind == "misprinted"), 400.0)
            level = number // 5 % 4
            photo = scanned(page, 300.0, seed=seed) if kind == "scanned" else photograph(page, shot(seed, level), seed)
            name = f"{kind}-{seed}.png"
            (folder / name).write_bytes(png(photo.image))
            truths.append({"name": name, "kind": kind, "level": level, "lines": list(photo.lines)})
    (folder / "truth.json").write_text(json.dumps(truths))


def _among_print(page: Any, seed: int, number: int) -> tuple[Any, tuple[str, ...]]:
    """The page photocopied into a letter, on a printed sheet or on a screenshot, in turn."""
    from workstation.training_post.drawn import surroundings  # noqa: PLC0415 - a peer's Python has none of this

    ways: tuple[Callable[[], Any], ...] = (
        lambda: surroundings.copied(surroundings.in_a_letter(page, seed, above=8, below=8), seed),
        lambda: surroundings.copied(surroundings.in_a_letter(page, seed, above=30, below=30, dpi=150.0), seed),
        lambda: surroundings.on_a_printed_sheet(page, seed),
        lambda: surroundings.on_a_printed_sheet(page, seed, close=False),
        lambda: surroundings.on_a_screenshot(page, seed, wide=560),
        lambda: surroundings.on_a_screenshot(page, seed, wide=900, gap=False),
    )
    return ways[number // 5 % len(ways)](), page.lines


def judge(reader: str, folder: Path) -> Iterator[dict[str, Any]]:
    """One record a page: the lines that the reader gave, and what it took."""
    read = {"ours": _ours, "tesseract": _tesseract, "passporteye": _passporteye, "fastmrz": _fastmrz}[reader]()
    for truth in json.loads((folder / "truth.json").read_text()):
        path = folder / truth["name"]
        lines, seconds, cpu = read(path)
        yield {"name": truth["name"], "lines": lines, "seconds": seconds, "cpu": cpu}
    # Not ru_maxrss, which begins with what the process had that started this one.
    (peak,) = re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    yield {"peak_mb": int(peak) / 1024}


_Read = Callable[[Path], tuple[list[str], float, float]]


def _timed(read: Callable[[Any], list[str]], picture: Any) -> tuple[list[str], float, float]:
    wall, cpu = time.perf_counter(), _cpu()
    lines = read(picture)
    return lines, time.perf_counter() - wall, _cpu() - cpu


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _ours() -> _Read:
    from matching.faces.images import Image, decode  # noqa: PLC0415 - a peer's Python has none of this
    from matching.faces.opencv import cv2  # noqa: PLC0415 - same
    from workstation.documents.zone_reader import reader  # noqa: PLC0415 - same

    cv2.setNumThreads(1)
    reader.warm_up()

    def lines(image: Image) -> list[str]:
        reading = reader.read(image, TODAY).reading
        return list(reading.lines) if reading else []

    return lambda path: _timed(lines, decode(path.read_bytes()))


def _tesseract() -> _Read:
    pytesseract = importlib.import_module("pytesseract")

    def lines(path: Path) -> list[str]:
        allowed = "-c tessedit_char_whitelist=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
        text = pytesseract.image_to_string(str(path), lang="eng", config=f"--psm 6 {allowed}")
        return [each for each in (line.replace(" ", "") for line in text.splitlines()) if _LINE.fullmatch(each)][-3:]

    return lambda path: _timed(lines, path)


def _passporteye() -> _Read:
    passporteye = importlib.import_module("passporteye")

    def lines(path: Path) -> list[str]:
        found = passporteye.read_mrz(str(path), save_roi=False)
        return found.aux["text"].split() if found is not None and "text" in found.aux else []

    return lambda path: _timed(lines, path)


def _fastmrz() -> _Read:
    reader = importlib.import_module("fastmrz").FastMRZ()

    def lines(path: Path) -> list[str]:
        found = reader.get_details(str(path), ignore_parse=True)
        return found.split() if isinstance(found, str) else []

    return lambda path: _timed(lines, path)


def figures(truths: list[dict[str, Any]], records: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    """What of one kind of pages was read."""
    by_name = {each["name"]: each for each in records if "name" in each}
    chosen = [each for each in truths if each["kind"] == kind]
    found: dict[str, Any] = {
        "pages": len(chosen),
        "exact": 0,
        "none": 0,
        "checked_fields": 0,
        "checked_exact": 0,
        "wrong_but_agreeing": 0,
        "reported": 0,
    }
    seconds, cpu = [], []
    for truth in chosen:
        record = by_name[truth["name"]]
        seconds.append(record["seconds"])
        cpu.append(record["cpu"])
        got = record["lines"]
        found["exact"] += got == truth["lines"]
        found["none"] += not got
        right, given = _checks(truth["lines"]), _checks(got)
        found["checked_fields"] += len(right)
        same = [n for n, each in enumerate(right) if n < len(given) and given[n][:3] == each[:3]]
        found["checked_exact"] += len(same)
        agrees = bool(given) and all(each[3] for each in given)
        found["wrong_but_agreeing"] += agrees and (len(given) != len(right) or len(same) < len(right))
        found["reported"] += bool(given) and not agrees
    for name, values in (("seconds", seconds), ("cpu", cpu)):
        for share in (50, 95):
            found[f"{name}_p{share}"] = (
                round(sorted(values)[min(len(values) * share // 100, len(values) - 1)], 3) if values else 0.0
            )
    return found


def _checks(lines: list[str]) -> list[tuple[str, str, str, bool]]:
    """Name, characters and check digit of every checked field, and whether they agree; none when it is no zone."""
    from workstation.documents.mrz import mrz  # noqa: PLC0415 - a peer's Python has none of this
    from workstation.errors import OperatorError  # noqa: PLC0415 - same

    try:
        return [(each.name, each.covers, each.found, each.ok) for each in mrz.parse(lines, TODAY).checks]
    except (OperatorError, IndexError):
        return []


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--pages", type=int, default=40)
    given.add_argument("--misprints", type=int, default=60)
    given.add_argument("--first", type=int, default=0, help="added to the seeds: other pages than others")
    given.add_argument("--peers", type=Path, help="a Python with the peers installed")
    given.add_argument("--folder", type=Path, help="keep the pages here, and use the ones that are there")
    given.add_argument("--json", action="store_true")
    given.add_argument("--judge", help=argparse.SUPPRESS)
    asked = given.parse_args()
    if asked.judge:
        for record in judge(asked.judge, asked.folder):
            print(json.dumps(record), flush=True)
        return
    with tempfile.TemporaryDirectory() as made:
        folder = asked.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "truth.json").exists():
            draw(folder, asked.pages, asked.misprints, asked.first)
        truths = json.loads((folder / "truth.json").read_text())
        everything = {}
        for reader in ("ours", *(PEERS if asked.peers else ())):
            records = _judged(reader, sys.executable if reader == "ours" else str(asked.peers), folder)
            if records is None:
                continue
            kinds = {kind: figures(truths, records, kind) for kind in KINDS}
            everything[reader] = {**kinds, "peak_mb": round(records[-1]["peak_mb"])}
    if asked.json:
        print(json.dumps(everything))
        return
    for reader, found in everything.items():
        print(f"{reader}: peak {found['peak_mb']} MB")
        for kind in KINDS:
            each = found[kind]
            print(
                f"  {kind:13} {each['exact']:4} of {each['pages']:4} pages exact, {each['none']:3} not read, "
                f"{each['checked_exact']:4} of {each['checked_fields']:4} checked fields, "
                f"{each['wrong_but_agreeing']:2} wrong but agreeing, {each['reported']:3} reported; "
                f"{each['seconds_p50']:.2f} s, p95 {each['seconds_p95']:.2f} s "
                f"(of one core {each['cpu_p50']:.2f} s, p95 {each['cpu_p95']:.2f} s)"
            )


def _judged(reader: str, python: str, folder: Path) -> list[dict[str, Any]] | None:
    # The last one keeps a peer's onnxruntime silent too (matching/faces/onnx_runtime.py).
    one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "ORT_DISABLE_TELEMETRY"), "1")
    done = subprocess.run(  # noqa: S603 - this file
        [python, __file__, "--judge", reader, "--folder", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **one, "PYTHONPATH": str(HOME)},
    )
    if done.returncode:
        print(f"{reader} could not be run: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


if __name__ == "__main__":
    main()
