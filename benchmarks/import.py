"""How long an import takes, record by record, from the first to the last: the rate must not depend on what was there before.

    python benchmarks/import.py [--records N] [--parts N] [--photos N] [--json]

A table of invented people is read, compared with the store and saved: whole, or in parts of equal size one after another,
each into the store that holds the parts before. `first_tenth` and `last_tenth` are the medians of milliseconds a record at the
beginning and the end of one transaction. Then the whole table is imported again: every row is unchanged. With --photos, so many
drawn portraits are read in processes on all cores and saved with their records.
"""

import csv
import itertools
import json
import statistics
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click
import numpy as np

from matching.faces.images import jpeg
from watchlists.exchange.comparing import Outcome
from watchlists.records.purposes import Purpose
from workstation.capture.face_process import FaceProcess
from workstation.desk.desk import Desk
from workstation.exchange.importing import Asked
from workstation.post import access
from workstation.post.access import Role
from workstation.post.post import create_post

COLUMNS = (
    "list", "reference", "surname", "given_names", "birth_date", "sex", "nationality", "document_number", "legal_basis",
    "action", "review_date", "photos",
)  # fmt: skip # a table
SYLLABLES = "ba ka mu sha ri no lu ta ze fi go da wi yo pe ha jo mi ra su".split()  # noqa: SIM905 - a list of quoted ones is longer
LIST = "Benchmark"


def people(count: int, photos: list[str]) -> list[dict[str, str]]:
    random = np.random.default_rng(20261128)
    made = []
    for number in range(count):
        words = ["".join(random.choice(SYLLABLES, 3)).capitalize() for _ in range(2)]
        born = date(1950, 1, 1) + timedelta(days=int(random.integers(20_000)))
        values = (
            LIST, f"R-{number:07}", words[0], words[1], born.isoformat(), "FM"[int(random.integers(2))], "PAK",
            f"ZZ{number:07}", "Order 1", "Call the unit", (datetime.now(UTC).date() + timedelta(days=300)).isoformat(),
            photos[number] if number < len(photos) else "",
        )  # fmt: skip # a table
        made.append(dict(zip(COLUMNS, values, strict=True)))
    return made


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(rows)
    return path


def imported(desk: Desk, table: Path) -> dict[str, float]:
    """Milliseconds a row, of the dry run, the photographs and the saving, and the outcomes."""
    begun = time.perf_counter()
    rows = len(desk.importing.begin(Asked(table)).rows)
    planned = time.perf_counter()
    while not desk.importing.go_on().finished:
        pass
    plan = desk.importing.plan()
    read = time.perf_counter()
    marks: list[tuple[int, float]] = [(0, time.perf_counter())]
    desk.importing.take("benchmark", progress=lambda done, _: marks.append((done, time.perf_counter())))
    saved = time.perf_counter()
    paces = [1000 * (after[1] - before[1]) / (after[0] - before[0]) for before, after in itertools.pairwise(marks)]
    tenth = max(1, len(paces) // 10)
    spent = {"dry_run": planned - begun, "photographs": read - planned, "saving": saved - read, "whole": saved - begun}
    told = {name: 1000 * seconds / rows for name, seconds in spent.items()}
    if paces:
        told |= {"first_tenth": statistics.median(paces[:tenth]), "last_tenth": statistics.median(paces[-tenth:])}
    return told | {outcome.value: float(plan.counts[outcome]) for outcome in (Outcome.ADDED, Outcome.UNCHANGED)}


def drawn(folder: Path, count: int) -> list[str]:
    from workstation.training_post.drawn.drawing import portrait  # noqa: PLC0415 - only with photographs
    from workstation.training_post.drawn.people import person  # noqa: PLC0415 - the same

    for number in range(count):
        (folder / f"{number}.jpg").write_bytes(jpeg(portrait(person(40_000 + number), size=400)))
    return [f"{number}.jpg" for number in range(count)]


@click.command()
@click.option("--records", default=50_000, show_default=True)
@click.option("--parts", default=1, show_default=True, help="Files of equal size, one after another.")
@click.option("--photos", default=0, show_default=True, help="Records with a drawn portrait, before the others.")
@click.option("--json", "as_json", is_flag=True)
def main(records: int, parts: int, photos: int, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    with tempfile.TemporaryDirectory() as home:
        here = Path(home)
        now = datetime.now(UTC)
        post = create_post(here / "post", "Benchmark", training=True, now=now)
        with post.store.writing() as session:
            access.add_person(session, now, "admin", "Benchmark", Role.ADMINISTRATOR, "a long password")
        faces = FaceProcess()
        desk = Desk(post, faces, lambda: datetime.now(UTC))
        desk.people.sign_in("admin", "a long password")
        desk.records.add_watchlist(LIST, Purpose.REFER, "Unit", "+00")
        rows = people(records, drawn(here, photos))
        size = records // parts
        told = []
        for part in range(parts):
            table = write(here / f"{part}.csv", rows[part * size : (part + 1) * size])
            told.append({"records_before": part * size} | imported(desk, table))
            if not as_json:
                print({name: round(value, 3) for name, value in told[-1].items()}, flush=True)
        again = imported(desk, write(here / "all.csv", rows[: parts * size]))
        answer = {"parts": told, "again": again, "last_over_first": told[-1]["whole"] / told[0]["whole"]}
        desk.close()
        faces.close()
    if as_json:
        print(json.dumps(answer))
    else:
        print("the whole again:", {name: round(value, 3) for name, value in again.items()})
        print(f"last part over first: {answer['last_over_first']:.2f}")


if __name__ == "__main__":
    main()
