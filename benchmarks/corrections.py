"""What check digits change, on simulated readings of zones that are printed right and of zones that are printed wrong.

    python benchmarks/corrections.py [--zones N] [--json]

A simulated reader is as often wrong as it says: where it doubts, the other character is the printed one as often as its own
probability says. A wrong print has one character replaced so that a check digit no longer agrees; in a third of them the
composite was printed to agree with the replacement. Rewritten: a wrong print whose check digits all agree after the changes.
"""

import json
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date

import click
import numpy as np

from workstation.documents.mrz import mrz
from workstation.documents.mrz.check_digits import digit, value
from workstation.documents.zone_reader.grammar import decide
from workstation.documents.zone_reader.places import DIGITS, LETTERS, Layout, layouts, look_alikes
from workstation.documents.zone_reader.reading import ALPHABET, LineScores, Quad, ZoneReading
from workstation.errors import OperatorError
from workstation.training_post.drawn.documents import document

TODAY = date(2026, 11, 24)
RATES = (0.02, 0.06, 0.12)
"""Share of the characters that the reader doubts."""
ALIKE = 0.75
"""Share of the doubts that are about look-alikes."""
QUAD: Quad = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Printed:
    lines: tuple[str, ...]
    layout: Layout
    wrong: bool


@click.command()
@click.option("--zones", default=600, help="Of each kind and rate.")
@click.option("--json", "as_json", is_flag=True)
def main(zones: int, as_json: bool) -> None:  # noqa: FBT001 - click
    rows = [judged(rate, zones, wrong=wrong) for rate in RATES for wrong in (False, True)]
    if as_json:
        click.echo(json.dumps({"zones": zones, "rows": rows}))
        return
    for row in rows:
        click.echo("  ".join(f"{name} {count}" for name, count in row.items()))


def judged(rate: float, zones: int, *, wrong: bool) -> dict[str, object]:
    random = np.random.default_rng([int(rate * 100), wrong])
    counts: Counter[str] = Counter()
    spent = []
    for seed in range(zones):
        printed = _printed(seed, random, wrong=wrong)
        rows = [_seen(line, rate, random) for line in printed.lines]
        began = time.perf_counter()
        try:
            found = decide(rows, TODAY)
        except OperatorError:
            counts["refused"] += 1
            continue
        spent.append(time.perf_counter() - began)
        _count(counts, printed, found)
    names = ("refused", "exact as read", "exact", "changed", "wrong where checks agree", "of these unmarked", "rewritten")
    return {
        "doubted": rate,
        "print": "wrong" if wrong else "right",
        **{name: counts[name] for name in names},
        "p50 ms": round(float(np.median(spent)) * 1000, 1),
    }


def _count(counts: Counter[str], printed: Printed, found: ZoneReading) -> None:
    checks = [*printed.layout.checks, *([printed.layout.composite] if printed.layout.composite else [])]
    covered = {place for check in checks for place in (*check.covers, check.digit)}
    marked = {(each.line, each.column) for each in found.doubts} | {(each.line, each.column) for each in found.changes}
    missed = {(row, column) for row, column in covered if found.lines[row][column] != printed.lines[row][column]}
    counts["exact as read"] += found.as_read == printed.lines
    counts["exact"] += found.lines == printed.lines
    counts["changed"] += bool(found.changes)
    counts["wrong where checks agree"] += bool(missed) and found.zone.checks_agree
    counts["of these unmarked"] += bool(missed - marked) and found.zone.checks_agree
    counts["rewritten"] += printed.wrong and found.zone.checks_agree


def _printed(seed: int, random: np.random.Generator, *, wrong: bool) -> Printed:
    form = mrz.FORMATS[seed % len(mrz.FORMATS)]
    lines = document(seed, form).lines
    places = {(row, column): [character] for row, line in enumerate(lines) for column, character in enumerate(line)}
    layout = layouts(form, places)[-1]
    if not wrong:
        return Printed(lines, layout, wrong=False)
    check = layout.checks[int(random.integers(len(layout.checks)))]
    picked = [*check.covers, check.digit][int(random.integers(len(check.covers) + 1))]
    old = places[picked][0]
    others = [each for each in (DIGITS if old in DIGITS else LETTERS) if value(each) % 10 != value(old) % 10]
    places[picked] = [str(random.choice(others))]
    whole = layout.composite
    if whole and random.random() < 1 / 3:
        places[whole.digit] = [digit("".join(places[place][0] for place in whole.covers))]
    text = tuple("".join(places[row, column][0] for column in range(form.length)) for row in range(form.lines))
    return Printed(text, layout, wrong=True)


def _seen(line: str, rate: float, random: np.random.Generator) -> LineScores:
    scores = np.full((len(line), len(ALPHABET)), 2e-5)
    for column, character in enumerate(line):
        doubt = float(1 / (1 + np.exp(-random.normal(-2.0, 2.0)))) if random.random() < rate else 0.0
        alike = look_alikes(character)
        others = alike if alike and random.random() < ALIKE else ALPHABET.replace(character, "")
        scores[column, ALPHABET.index(character)] += 1 - doubt
        scores[column, ALPHABET.index(others[int(random.integers(len(others)))])] += doubt
    return LineScores((scores / scores.sum(axis=1, keepdims=True)).astype(np.float32), QUAD)


if __name__ == "__main__":
    main()
