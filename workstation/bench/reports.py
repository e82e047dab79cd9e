"""The bench's answer as one HTML page with its plots inside: nothing is fetched, so that it can be kept as evidence."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mako.template import Template

from workstation.bench.plots import Line, line_plot

_PAGE = Path(__file__).with_name("report.html.mako")


def page(answer: Mapping[str, Any], title: str) -> str:
    """The whole page for what `evaluating.evaluate` gave. Everything that comes from outside is escaped by the template."""
    # Everything is escaped by default; only the plot, drawn here, is let through.
    template = Template(filename=str(_PAGE), default_filters=["h"], strict_undefined=True)  # noqa: S702 - as said above
    return str(template.render(answer=answer, title=title, plot=_plot, rate=_rate, percent=_percent))


def _plot(known: Mapping[str, Any]) -> str:
    lines = [Line(name, [row[1] for row in each["det"]], [row[2] for row in each["det"]]) for name, each in known.items()]
    return line_plot(lines, "FMR: strangers that pass", "FNMR: own pairs missed", log_y=True, width=900, height=400)


def _rate(rate: Mapping[str, float] | str) -> str:
    if isinstance(rate, str):
        return rate
    return f"{_percent(rate['value'])} ({_percent(rate['low'])} to {_percent(rate['high'])})"


def _percent(value: float) -> str:
    if not value:
        return "0 %"
    digits = max(0, 2 - math.floor(math.log10(abs(100 * value)))) if abs(value) < 1 else 1
    return f"{100 * value:.{min(digits, 6)}f} %"
