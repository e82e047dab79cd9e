"""The bench's answer as one HTML page with its plots inside: nothing is fetched, so that it can be kept as evidence."""

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from workstation.bench.plots import Line, line_plot

_STYLE = """
body{font:16px/1.5 sans-serif;max-width:960px;margin:32px auto;padding:0 16px;color:#1b1f24}
h1,h2{font-weight:600} table{border-collapse:collapse;margin:12px 0} td,th{padding:4px 14px 4px 0;text-align:right;
font-variant-numeric:tabular-nums} td:first-child,th:first-child{text-align:left} th{border-bottom:1px solid #8a929b}
.quiet{color:#5a636c}
"""


def page(answer: Mapping[str, Any], title: str) -> str:
    """The whole page for what `evaluating.evaluate` gave."""
    failed = answer["failure_to_acquire"]
    parts = [
        f"<h1>{escape(title)}</h1>",
        (
            f"<p>{answer['photos']} photographs of {answer['people']} people. Encoder {escape(answer['encoder']['name'])} "
            f"<span class=quiet>{answer['encoder']['digest'][:16]}</span>. Failure to acquire: {failed['count']} "
            f"({_percent(failed['rate'])}). Intervals hold {escape(answer['interval'])}.</p>"
        ),
        "<p>Terms as in ISO/IEC 19795-1. A face match is a lead, never a decision.</p>",
    ]
    parts += _verification(answer["scores"])
    parts += _comparison(answer.get("comparison", ()))
    parts += _identification(answer["scores"])
    parts += _groups(answer["scores"])
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>' + (
        "".join(parts) + "</html>\n"
    )


def _verification(scores: Mapping[str, Any]) -> list[str]:
    told = {name: each["verification"] for name, each in scores.items() if "verification" in each}
    if not told:
        return []
    parts = ["<h2>Verification: one photograph against one</h2>"]
    parts += [f"<p>{escape(name)}: {escape(each['refused'])}</p>" for name, each in told.items() if "refused" in each]
    known = {name: each for name, each in told.items() if "refused" not in each}
    if not known:
        return parts
    lines = [Line(name, [row[1] for row in each["det"]], [row[2] for row in each["det"]]) for name, each in known.items()]
    parts.append(line_plot(lines, "FMR: strangers that pass", "FNMR: own pairs missed", log_y=True, width=900, height=400))
    rows = [
        (name, f"{at['fmr']:g}", f"{at['threshold']:.4f}", _rate(at["fnmr"]))
        for name, each in known.items()
        for at in each["at_fmr"]
    ]
    parts.append(_table(("Score", "FMR", "Threshold", "FNMR"), rows))
    for name, each in known.items():
        equal = _percent(each["equal_error"]) if each["equal_error"] is not None else "not on the curve"
        parts.append(
            f"<p class=quiet>{escape(name)}: {each['mated_people']} people seen twice, {each['mated_pairs']} pairs of one "
            f"person, {each['pairs_of_strangers']} pairs of different people; equal error rate {equal}."
        )
        if each["not_carried"]:
            asked = ", ".join(f"{fmr:g}" for fmr in each["not_carried"])
            parts.append(f" Not told, too few people: FMR {asked}.")
        parts.append("</p>")
    return parts


def _comparison(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    if not rows:
        return []
    cells = [(f"{row['second']} less {row['first']}", f"{row['fmr']:g}", _rate(row["fnmr_difference"])) for row in rows]
    return ["<h2>Comparison on the same pairs</h2>", _table(("FNMR", "at FMR", "difference"), cells)]


def _identification(scores: Mapping[str, Any]) -> list[str]:
    rows = [
        (
            name,
            str(each["entries"]),
            str(each["strangers"]),
            str(each["mated_people"]),
            _percent(each["fpir"]),
            _rate(each["fnir"]),
        )
        for name, score in scores.items()
        for each in score.get("identification", ())
    ]
    if not rows:
        return []
    heads = ("Score", "Entries", "Strangers searched", "Listed people searched", "FPIR", "FNIR")
    return ["<h2>Identification: one photograph against a list</h2>", _table(heads, rows)]


def _groups(scores: Mapping[str, Any]) -> list[str]:
    parts = []
    for name, score in scores.items():
        told = score.get("groups")
        if not told:
            continue
        parts.append(f"<h2>By declared group: {escape(name)}</h2>")
        if "refused" in told:
            parts.append(f"<p>{escape(told['refused'])}</p>")
            continue
        rows = [
            (each["name"], str(each["people"]), _rate(each["fmr"]), _rate(each["fnmr"]), _rate(each["fnmr_difference"]))
            for each in told["groups"]
        ]
        heads = ("Group", "People", "FMR within", "FNMR", "FNMR less everybody's")
        parts.append(f"<p>One threshold for all, at FMR {told['fmr']:g}.</p>{_table(heads, rows)}")
    return parts


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def _rate(rate: Mapping[str, float] | str) -> str:
    if isinstance(rate, str):
        return rate
    return f"{_percent(rate['value'])} ({_percent(rate['low'])} to {_percent(rate['high'])})"


def _percent(value: float) -> str:
    if not value:
        return "0 %"
    digits = max(0, 2 - math.floor(math.log10(abs(100 * value)))) if abs(value) < 1 else 1
    return f"{100 * value:.{min(digits, 6)}f} %"
