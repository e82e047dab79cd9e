"""The figures of README and MODEL_CARD, written from the files of the benchmarks: what no run produced stands in no document.

    python benchmarks/figures.py              write the figures again
    python benchmarks/figures.py --take DIR   first take over what the benchmarks wrote into DIR (`make bench`)

A document holds blocks, <!-- numbers NAME --> to <!-- end -->. NAME is a function here, which makes the block's lines of
benchmarks/results, or gives None where that was not measured yet: then the block stays as it is.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
DOCUMENTS = ("README.md", "MODEL_CARD.md")
KEPT = {
    "screening": (
        "travellers",
        "entries",
        "milliseconds",
        "preview frames per second",
        "longest time the window's thread was blocked",
    ),
    "documents": ("travellers", "milliseconds"),
    "zones": ("ours", "tesseract", "passporteye"),
    "names": ("false", "recall", "speed"),
    "search": ("rows", "times ms", "ratios"),
    "search-512": ("rows", "times ms", "ratios"),
    "evaluation": ("photos", "people", "failure_to_acquire", "scores"),
    "budget": ("people", "lists", "rows"),
}
"""Parts of each file that a document needs. Nothing else is taken over: names of photographs are names of people."""
DROPPED = {"det", "photos", "why"}
BLOCK = re.compile(r"(<!-- numbers (\S+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
Results = Mapping[str, Any]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads), *(f"| {' | '.join(row)} |" for row in rows)]


def screening(results: Results) -> list[str] | None:
    found = results.get("screening")
    if found is None:
        return None
    took, names = found["milliseconds"], _Named(found["milliseconds"])
    rows = [(words.format(entries=f"{found['entries']:,}"), took[names(key)]) for words, key in SCREENING]
    lines = table(("", "p50", "p95"), [_times(words, each) for words, each in rows])
    blocked = found["longest time the window's thread was blocked"]
    preview = f"Preview meanwhile: {found['preview frames per second']} frames per second"
    return [*lines, "", f"{preview}; the window's thread was away from its events for {blocked:.0f} ms at most (goal: 50)."]


SCREENING = (
    ("find and assess the face", "look"),
    ("encode, four looks", "encode"),
    ("search {entries} templates, with its receipt", "search"),
    ("**picture to answer**", "photo to answer"),
)


class _Named:
    """The measured part that begins with a word."""

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self._parts = parts

    def __call__(self, key: str) -> str:
        return next(each for each in self._parts if each.startswith(key))


def _times(words: str, each: Mapping[str, float]) -> tuple[str, str, str]:
    p50, p95 = (f"{each[share]:,.1f} ms" if each[share] < 20 else f"{each[share]:,.0f} ms" for share in ("p50", "p95"))
    return (words, p50, p95) if not words.startswith("**") else (words, f"**{p50}**", f"**{p95}**")


def documents(results: Results) -> list[str] | None:
    found = results.get("documents")
    if found is None:
        return None
    took, names = found["milliseconds"], _Named(found["milliseconds"])
    parts = (
        ("zone and portrait of a page", "zone"),
        ("names and numbers", "names"),
        ("document to answer", "document"),
        ("**page lying still to answer**", "page"),
    )
    return table(("", "p50", "p95"), [_times(words, took[names(key)]) for words, key in parts])


def zones(results: Results) -> list[str] | None:
    found = results.get("zones")
    if found is None:
        return None
    readers = {"ours": "ours", "tesseract": "Tesseract", "passporteye": "PassportEye"}
    there = [each for each in readers if each in found]

    def row(words: str, of: Callable[[Mapping[str, Any]], str]) -> list[str]:
        return [words, *(of(found[each]) for each in there)]

    rows = [
        row("photographed", lambda each: f"{each['photographed']['exact']} of {each['photographed']['pages']}"),
        row("scanned at 300 dpi", lambda each: f"{each['scanned']['exact']} of {each['scanned']['pages']}"),
        row("misprinted", lambda each: f"{each['misprinted']['exact']} of {each['misprinted']['pages']}"),
        row("fields under a check digit", lambda each: f"{_over(each, 'checked_exact')} of {_over(each, 'checked_fields')}"),
        row("pages with wrong characters that agree", lambda each: f"{_over(each, 'wrong_but_agreeing')}"),
        row("misprints reported", lambda each: f"{each['misprinted']['reported']} of {each['misprinted']['pages']}"),
        row(
            "seconds of one core, photographed, p50 / p95",
            lambda each: f"{each['photographed']['cpu_p50']:.2f} / {each['photographed']['cpu_p95']:.2f}",
        ),
        row("peak memory", lambda each: f"{each['peak_mb']:,} MB"),
    ]
    return table(("pages exact in every character", *(readers[each] for each in there)), rows)


def _over(reader: Mapping[str, Any], part: str) -> int:
    """Of all kinds of pages together."""
    return sum(reader[kind][part] for kind in ("photographed", "scanned", "misprinted"))


def names(results: Results) -> list[str] | None:
    found = results.get("names")
    if found is None:
        return None
    false, recall = found["false"], found["recall"]
    kinds = ("as on the record", "other spellings", "one letter of the surname wrong")
    as_written, other, wrong = (f"{recall[kind]['full'] * 100:.1f} %" for kind in kinds)
    parts = (
        f"`benchmarks/names.py`: {false['travellers']:,} invented travellers against {false['records']:,} invented records:",
        f"{false['stopped_per_1000']:.1f} of 1,000 travellers have a false candidate, nearly all against records with a year",
        f"of birth or none. With a full birth date {as_written} of records are found as written, {other} in other",
        f"spellings, {wrong} with a letter wrong.",
    )
    return [" ".join(parts)]


def names_speed(results: Results) -> list[str] | None:
    speed = results.get("names", {}).get("speed")
    if speed is None:
        return None
    return [
        f"Among {speed['records']:,.0f} records a search by name takes {speed['p50_ms']:.0f} ms (p95 {speed['p95_ms']:.0f})."
    ]


def search(results: Results) -> list[str] | None:
    found, wide = results.get("search"), results.get("search-512")
    if found is None or wide is None:
        return None
    peers = (
        ("faiss IndexFlatL2", "faiss IndexFlatL2"),
        ("faiss IndexFlatL2Panorama", "its Panorama, best setting"),
        ("numpy", "numpy"),
        ("usearch", "usearch, exact"),
    )
    acts = (("ten nearest", "ten nearest"), ("within", "within 0.42"), ("batch of 256", "batch of 256, ten nearest"))
    rows = []
    for part, results_of in (("", found), ("512 dimensions, ", wide)):
        for act, words in acts:
            ours = _timed(results_of["times ms"]["ours"], act)
            if ours is not None:
                rows.append([part + words, _ms(ours), *(_beside(results_of, peer, act) for peer, _ in peers)])
    return table(("", "ours", *(words for _, words in peers)), rows)


def _timed(times: Mapping[str, float], act: str) -> float | None:
    return next((took for name, took in times.items() if name == act), None)


def _beside(found: Mapping[str, Any], peer: str, act: str) -> str:
    """The best of a peer's settings, and how many times ours fits into it; "-" where the peer cannot do that."""
    titles = [title for title, times in found["times ms"].items() if title.partition(",")[0] == peer and act in times]
    if not titles:
        return "-"
    best = min(titles, key=lambda title: float(found["times ms"][title][act]))
    took, ratio = found["times ms"][best][act], found["ratios"][best][act]
    return f"{_ms(took)} ({_ms(ratio)}x)"


def _ms(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def verification(results: Results) -> list[str] | None:
    found = results.get("evaluation")
    if found is None:
        return None
    plain, normalised = _scores(found)
    rows = [
        [f"1 in {1 / at['fmr']:,.0f}", _band(at["fnmr"]), _band(beside["fnmr"])]
        for at, beside in zip(plain["verification"]["at_fmr"], normalised["verification"]["at_fmr"], strict=True)
    ]
    return table(("FMR", "FNMR, plain distance", "FNMR, normalised distance"), rows)


def identification(results: Results) -> list[str] | None:
    found = results.get("evaluation")
    if found is None:
        return None
    plain, normalised = _scores(found)
    rows = [
        [f"{each['entries']:,}", f"{each['strangers']:,}", _share(each["fpir"]), _band(each["fnir"]), _band(beside["fnir"])]
        for each, beside in zip(plain["identification"], normalised["identification"], strict=True)
    ]
    heads = ("entries", "strangers", "strangers with an alert (FPIR)", "plain distance", "normalised distance")
    return table(heads, rows)


def _scores(found: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Plain, then normalised."""
    named = found["scores"]
    normalised = next(name for name in named if "normalised" in name)
    return named[next(name for name in named if name != normalised)], named[normalised]


def budget(results: Results) -> list[str] | None:
    found = results.get("budget")
    if found is None:
        return None
    rows = [
        [
            f"{each['entries']:.0f}",
            _share(each["planned"]),
            f"{each['observed']:.2%}".replace("%", " %"),
            f"{each['ratio']:.2f}",
        ]
        for each in found["rows"]
        if each["kind"] == "budget"
    ]
    return table(("entries", "planned FPIR", "observed", "ratio"), rows)


def _share(value: float) -> str:
    return f"{value * 100:g} %"


def _band(rate: Mapping[str, float]) -> str:
    return f"{rate['value'] * 100:.1f} % ({rate['low'] * 100:.1f} to {rate['high'] * 100:.1f})"


_ALL = (screening, documents, zones, names, names_speed, search, verification, identification, budget)
MADE: Mapping[str, Callable[[Results], list[str] | None]] = {made.__name__: made for made in _ALL}


def results() -> dict[str, Any]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(RESULTS.glob("*.json"))}


def written(text: str, found: Results) -> str:
    """The document with every block that was measured."""

    def block(matched: re.Match[str]) -> str:
        lines = MADE[matched[2]](found)
        return matched[0] if lines is None else "\n".join((matched[1].rstrip(), *lines, matched[4]))

    return BLOCK.sub(block, text)


def take(folder: Path) -> None:
    """The parts that a document needs, of each file that is there."""
    RESULTS.mkdir(exist_ok=True)
    for name, parts in KEPT.items():
        source = folder / f"{name}.json"
        if source.exists():
            whole = json.loads(source.read_text(encoding="utf-8"))
            kept = {part: _without(whole[part]) for part in parts if part in whole}
            (RESULTS / source.name).write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _without(value: Any) -> Any:
    """Rounded, and without curves and names of photographs."""
    if isinstance(value, dict):
        kept = (key for key, each in value.items() if key not in DROPPED or not isinstance(each, dict | list))
        return {key: _without(value[key]) for key in kept}
    if isinstance(value, list):
        return [_without(each) for each in value]
    return round(value, 6) if isinstance(value, float) else value


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--take", type=Path, metavar="DIR")
    asked = given.parse_args()
    if asked.take:
        take(asked.take)
    found = results()
    for name in DOCUMENTS:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        path.write_text(written(text, found), encoding="utf-8")
        for block in BLOCK.findall(text):
            if MADE[block[1]](found) is None:
                print(f"{name}: {block[1]} was not measured yet and stays as it is", file=sys.stderr)


if __name__ == "__main__":
    main()
