"""Draws the rooms of the house and who imports whom: python installer/architecture.py docs/rooms.svg

Read from the imports alone. An arrow is drawn only where no way round says the same: A to C is left out when A imports B and B
imports C. What everybody may import (words, refusals, tables) has a place at the foot of its house and no arrows.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import grimp

ROOT = Path(__file__).resolve().parents[1]
HOUSES = (("ui",), ("workstation",), ("matching", "watchlists"))
"""From the top; houses beside each other do not know each other."""
FOOT = {"errors", "sentences", "schema", "settings", "today", "refusals"}
DOOR = {"__main__"}
WIDE, HIGH, GAP, ROW, EDGE = 128, 30, 16, 72, 24

Arrows = Mapping[str, frozenset[str]]


def rooms() -> Arrows:
    """Which rooms each room imports."""
    names = [name for row in HOUSES for name in row]
    graph = grimp.build_graph(*names, cache_dir=None)
    imports: dict[str, set[str]] = defaultdict(set)
    for module in sorted(graph.modules):
        room = _room(module)
        if room is None:
            continue
        imports[room].update()
        for imported in graph.find_modules_directly_imported_by(module):
            other = _room(imported)
            if other is not None and other != room:
                imports[room].add(other)
    return {room: frozenset(others) for room, others in imports.items()}


def _room(module: str) -> str | None:
    parts = module.split(".")
    return None if len(parts) < 2 or parts[1] in DOOR else ".".join(parts[:2])


def shortest(arrows: Arrows) -> dict[str, frozenset[str]]:
    """Without the arrows that a way round says already. ValueError when the rooms go round in a circle."""
    below: dict[str, frozenset[str]] = {}

    def reach(room: str, above: tuple[str, ...] = ()) -> frozenset[str]:
        if room in above:
            raise ValueError(f"a circle: {' -> '.join((*above, room))}")
        if room not in below:
            ways = [reach(other, (*above, room)) for other in sorted(arrows.get(room, ()))]
            below[room] = frozenset(arrows.get(room, ())).union(*ways)
        return below[room]

    for room in sorted(arrows):
        reach(room)
    return {
        room: frozenset(each for each in others if not any(each in below[way] for way in others if way != each))
        for room, others in arrows.items()
    }


def ranks(arrows: Arrows) -> dict[str, int]:
    """0 for a room that imports none of these; each room above everything that it imports."""
    found: dict[str, int] = {}

    def rank(room: str) -> int:
        if room not in found:
            found[room] = 1 + max((rank(other) for other in arrows[room]), default=-1)
        return found[room]

    for room in sorted(arrows):
        rank(room)
    return found


def drawn(arrows: Arrows) -> str:
    """The picture as SVG, the same to the byte for the same imports."""
    parts: list[str] = []
    top, width = EDGE, 0
    for row in HOUSES:
        left, bottom = EDGE, top
        for house in row:
            lines, wide, high = _house(house, arrows, left, top)
            parts += lines
            left, bottom = left + wide + EDGE, max(bottom, top + high)
        width, top = max(width, left), bottom + 2 * EDGE
        parts.append(f'<path class="down" d="M{left // 2} {bottom + 6}v{2 * EDGE - 14}"/>')
    parts.pop()
    style = (
        "text{font:13px 'Noto Sans',sans-serif;fill:#1d2733;text-anchor:middle}"
        ".house{fill:#f4f6f8;stroke:#c3ccd5}.room{fill:#fff;stroke:#51606f}.foot{fill:#e8edf2;stroke:#c3ccd5}"
        "path{fill:none;stroke:#51606f;stroke-width:1.1;marker-end:url(#a)}.down{stroke-width:3}.name{font-weight:bold}"
    )
    marker = '<marker id="a" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top - EDGE}" width="{width}" height="{top - EDGE}">'
    tip = f'<defs>{marker}<path d="M0 0L8 4L0 8z" style="fill:#51606f;stroke:none;marker-end:none"/></marker></defs>'
    ground = f'<rect width="{width}" height="{top - EDGE}" fill="#fff"/>'
    title = "<title>The rooms of the house: who imports whom, drawn from the imports by `make architecture`</title>"
    return "\n".join([head, title, f"<style>{style}</style>{tip}", ground, *parts, "</svg>", ""])


def _house(house: str, arrows: Arrows, left: int, top: int) -> tuple[list[str], int, int]:
    """Lines of the drawing, width and height."""
    here = {
        room: frozenset(each for each in arrows[room] if each.startswith(f"{house}."))
        for room in arrows
        if room.startswith(f"{house}.")
    }
    foot = sorted(room for room in here if room.partition(".")[2] in FOOT)
    floors = {room: frozenset(others - set(foot)) for room, others in here.items() if room not in foot}
    rank, links = ranks(floors), shortest(floors)
    rows = _ordered(rank, links)
    across = max([len(row) for row in rows] + [len(foot)])
    wide = across * (WIDE + GAP) + GAP
    places: dict[str, tuple[int, int]] = {}
    for number, row in enumerate(rows):
        start = left + (wide - len(row) * (WIDE + GAP) + GAP) // 2
        places |= {room: (start + place * (WIDE + GAP), top + 34 + number * ROW) for place, room in enumerate(row)}
    high = 34 + len(rows) * ROW - (ROW - HIGH) + GAP
    parts = []
    for room in sorted(links):
        for other in sorted(links[room]):
            (x1, y1), (x2, y2) = places[room], places[other]
            x1, y1, x2 = x1 + WIDE // 2, y1 + HIGH, x2 + WIDE // 2
            bend = max(24, (y2 - y1) // 3)
            parts.append(f'<path d="M{x1} {y1}C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}"/>')
    for room, (x, y) in sorted(places.items()):
        parts += _box("room", room, x, y)
    if foot:
        start = left + (wide - len(foot) * (WIDE + GAP) + GAP) // 2
        for place, room in enumerate(foot):
            parts += _box("foot", room, start + place * (WIDE + GAP), top + high)
        high += HIGH + GAP
    name = f'<text class="name" x="{left + wide // 2}" y="{top + 20}">{house}</text>'
    return [f'<rect class="house" x="{left}" y="{top}" width="{wide}" height="{high}" rx="8"/>', name, *parts], wide, high


def _box(kind: str, room: str, x: int, y: int) -> Iterable[str]:
    name = room.partition(".")[2]
    about = escape(opening(ROOT / Path(*room.split("."))))
    yield f'<g><title>{about}</title><rect class="{kind}" x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="5"/>'
    yield f'<text x="{x + WIDE // 2}" y="{y + 19}">{escape(name)}</text></g>'


def opening(place: Path) -> str:
    """The first line of what the room, or the file, says of itself."""
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    return (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def _ordered(rank: Mapping[str, int], links: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """Rows from the top, each room near the rooms that it is linked to."""
    rows = [sorted(room for room in rank if rank[room] == level) for level in range(max(rank.values()), -1, -1)]
    beside: dict[str, list[str]] = defaultdict(list)
    for room, others in links.items():
        for other in sorted(others):
            beside[room].append(other)
            beside[other].append(room)
    for _ in range(8):
        for sweep in (rows, rows[::-1]):
            place = {room: number - len(row) / 2 for row in rows for number, room in enumerate(row)}
            for row in sweep:
                row.sort(key=lambda room: (_mean([place[each] for each in beside[room]], place[room]), room))
                place |= {room: number - len(row) / 2 for number, room in enumerate(row)}
    return rows


def _mean(numbers: Sequence[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    Path(sys.argv[1]).write_text(drawn(rooms()), encoding="utf-8")
