"""Small line plots as SVG text: on the screen, in a report, without a plotting library on a post."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Self

import numpy as np

_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 14, 46
COLOURS = ("#0b5cad", "#a04a00", "#3b7a3b", "#6b4c9a")


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """One point that is to be seen."""

    name: str
    x: float
    y: float
    filled: bool = True


@dataclass(frozen=True, slots=True)
class Style:
    ink: str = "#1b1f24"
    quiet: str = "#8a929b"
    lines: tuple[str, ...] = COLOURS
    font: str = "sans-serif"
    size: int = 13


def line_plot(
    lines: Sequence[Line],
    x_words: str,
    y_words: str,
    *,
    marks: Sequence[Mark] = (),
    log_y: bool = False,
    width: int = 640,
    height: int = 320,
    style: Style | None = None,
) -> str:
    """X on a logarithmic axis; y linear from 0, or logarithmic. Values that a logarithm has no place for are left out."""
    style = style or Style()
    xs = [x for line in lines for x in line.x if x > 0] + [mark.x for mark in marks if mark.x > 0]
    ys = [y for line in lines for y in line.y if y > 0 or not log_y] + [mark.y for mark in marks]
    if not xs or not ys:
        return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"/>'
    axes = _Axes.around(xs, ys, width, height, log_y=log_y)
    inside = [*_grid(axes, style), *_courses(axes, lines, style), *_marks(axes, marks, style)]
    middle = (height - _BOTTOM + _TOP) / 2
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
    words = (
        f'<text x="{(_LEFT + width) / 2:.0f}" y="{height - 8}" text-anchor="middle">{escape(x_words)}</text>'
        f'<text x="16" y="{middle:.0f}" text-anchor="middle" transform="rotate(-90 16 {middle:.0f})">{escape(y_words)}</text>'
    )
    font = f'font-family="{escape(style.font)}" font-size="{style.size}" fill="{style.ink}">'
    return head + font + "".join(inside) + words + "</svg>"


@dataclass(frozen=True, slots=True)
class _Axes:
    """Where a value lies in the picture. left and right are powers of ten; low and high too when y is logarithmic."""

    left: float
    right: float
    low: float
    high: float
    log_y: bool
    width: int
    height: int

    @classmethod
    def around(cls, xs: Sequence[float], ys: Sequence[float], width: int, height: int, *, log_y: bool) -> Self:
        left, right = float(np.log10(min(xs))), float(np.log10(max(xs)))
        low, high = 0.0, max(ys) * 1.15
        if log_y:
            low, high = (
                float(np.log10(max(min((y for y in ys if y > 0), default=1), 1e-6))),
                float(np.log10(max(*ys, 1e-6))),
            )
        return cls(left, max(right, left + 0.1), low, max(high, low + 1e-3), log_y, width, height)

    def at(self, x: float, y: float) -> tuple[float, float]:
        across = (np.log10(x) - self.left) / (self.right - self.left)
        value = np.log10(max(y, 10**self.low)) if self.log_y else y
        up = min(max((value - self.low) / (self.high - self.low), 0), 1)
        x_place = _LEFT + float(across) * (self.width - _LEFT - _RIGHT)
        return x_place, self.height - _BOTTOM - float(up) * (self.height - _TOP - _BOTTOM)


def _grid(axes: _Axes, style: Style) -> Iterator[str]:
    line = f'stroke="{style.quiet}" stroke-width="0.5" fill="none"'
    for power in range(int(np.ceil(axes.left)), int(np.floor(axes.right)) + 1):
        x, bottom = axes.at(10.0**power, 10**axes.low if axes.log_y else axes.low)
        yield f'<path d="M{x:.1f} {bottom:.1f}V{_TOP}" {line}/>'
        yield f'<text x="{x:.1f}" y="{bottom + 18:.1f}" text-anchor="middle">{10.0**power:g}</text>'
    for value in _ticks(axes.low, axes.high, log_y=axes.log_y):
        across, y = axes.at(10**axes.left, value)
        yield f'<path d="M{across:.1f} {y:.1f}H{axes.width - _RIGHT}" {line}/>'
        yield f'<text x="{across - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{100 * value:g} %</text>'


def _courses(axes: _Axes, lines: Sequence[Line], style: Style) -> Iterator[str]:
    for place, (colour, line) in enumerate(zip(style.lines * len(lines), lines, strict=False)):
        if line.low:
            ends = [axes.at(x, y) for x, y in zip(line.x, line.low, strict=True) if x > 0]
            ends += reversed([axes.at(x, y) for x, y in zip(line.x, line.high, strict=True) if x > 0])
            yield f'<polygon points="{_points(ends)}" fill="{colour}" opacity="0.18"/>'
        course = [axes.at(x, y) for x, y in zip(line.x, line.y, strict=True) if x > 0]
        yield f'<polyline points="{_points(course)}" fill="none" stroke="{colour}" stroke-width="2"/>'
        right, y = axes.width - _RIGHT - 8, _TOP + 16 + 18 * place
        yield f'<text x="{right}" y="{y}" text-anchor="end" fill="{colour}">{escape(line.name)}</text>'


def _marks(axes: _Axes, marks: Sequence[Mark], style: Style) -> Iterator[str]:
    for mark in marks:
        if mark.x > 0:
            x, y = axes.at(mark.x, mark.y)
            fill = style.ink if mark.filled else "none"
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{fill}" stroke="{style.ink}" stroke-width="2"/>'
            side, anchor = (-12, "end") if x > axes.width / 2 else (12, "start")
            yield f'<text x="{x + side:.1f}" y="{y - 8:.1f}" text-anchor="{anchor}">{escape(mark.name)}</text>'


def _ticks(low: float, high: float, *, log_y: bool) -> list[float]:
    if log_y:
        return [10.0**power for power in range(int(np.ceil(low)), int(np.floor(high)) + 1)]
    step = 10.0 ** np.floor(np.log10(high / 2))
    while high / step > 6:
        step *= 2 if round(high / step / 2) >= 4 else 2.5
    return [float(round(value, 10)) for value in np.arange(0, high, step)]


def _points(course: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in course)
