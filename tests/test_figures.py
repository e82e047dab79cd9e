"""README and MODEL_CARD say what the benchmarks' files say, and every figure's maker has its block."""

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
spec = importlib.util.spec_from_file_location("figures", ROOT / "benchmarks" / "figures.py")
assert spec is not None
assert spec.loader is not None
figures = importlib.util.module_from_spec(spec)
spec.loader.exec_module(figures)
RATE = {"value": 0.052, "low": 0.042, "high": 0.063}
KIND = {
    "exact": 9,
    "pages": 10,
    "checked_exact": 20,
    "checked_fields": 21,
    "wrong_but_agreeing": 1,
    "reported": 8,
    "cpu_p50": 0.55,
    "cpu_p95": 0.7,
}
SCORE = {
    "verification": {"at_fmr": [{"fmr": 0.001, "fnmr": RATE}]},
    "identification": [{"entries": 1000, "strangers": 1261, "fpir": 0.003, "fnir": RATE}],
}
TIMES = {"p50": 4.2, "p95": 277.0}
SAID: dict[str, Any] = {
    "screening": {
        "entries": 10000,
        "milliseconds": dict.fromkeys(("look", "encode", "search", "photo to answer"), TIMES),
        "preview frames per second": 20.5,
        "longest time the window's thread was blocked": 19.2,
    },
    "documents": {"milliseconds": dict.fromkeys(("zone, print and portrait", "names and numbers at once", "document to answer", "page lying still to answer"), TIMES)},
    "zones": {"ours": {**dict.fromkeys(("photographed", "scanned", "misprinted"), KIND), "peak_mb": 420}},
    "names": {
        "false": {"travellers": 10000, "records": 1000, "stopped_per_1000": 5.6},
        "recall": {key: {"full": 0.9714} for key in ("as on the record", "other spellings", "one letter of the surname wrong")},
        "speed": {"records": 100000, "p50_ms": 8.1, "p95_ms": 28.4},
    },
    "search": {
        "times ms": {"ours": {"ten nearest": 2.3}, "faiss IndexFlatL2": {"ten nearest": 72.0}, "faiss IndexFlatL2Panorama, 4 levels": {"ten nearest": 11.0}, "faiss IndexFlatL2Panorama, 8 levels": {"ten nearest": 9.5}},
        "ratios": {"faiss IndexFlatL2": {"ten nearest": 30.1}, "faiss IndexFlatL2Panorama, 4 levels": {"ten nearest": 4.0}, "faiss IndexFlatL2Panorama, 8 levels": {"ten nearest": 3.3}},
    },
    "search-512": {"times ms": {"ours": {"within": 2.2}}, "ratios": {}},
    "evaluation": {"scores": {"distance": SCORE, "normalised distance": SCORE}},
    "budget": {"rows": [{"kind": "budget", "entries": 400, "planned": 0.002, "observed": 0.0012, "ratio": 0.6}]},
}  # fmt: skip # one file to a line
EXPECTED = {
    "screening": "| search 10,000 templates, with its receipt | 4.2 ms | 277 ms |",
    "documents": "| **page lying still to answer** | **4.2 ms** | **277 ms** |",
    "zones": "| fields under a check digit | 60 of 63 |",
    "names": "97.1 % in other spellings",
    "names_speed": "Among 100,000 records a search by name takes 8 ms (p95 28).",
    "search": "| ten nearest | 2.3 | 72 (30x) | 9.5 (3.3x) | - | - |",
    "verification": "| 1 in 1,000 | 5.2 % (4.2 to 6.3) | 5.2 % (4.2 to 6.3) |",
    "identification": "| 1,000 | 1,261 | 0.3 % | 5.2 % (4.2 to 6.3) | 5.2 % (4.2 to 6.3) |",
    "budget": "| 400 | 0.2 % | 0.12 % | 0.60 |",
}


@pytest.mark.parametrize("name", figures.DOCUMENTS)
def test_that_a_document_says_what_the_benchmarks_wrote(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text == figures.written(text, figures.results()), "run `make numbers` and commit what it changed"


def test_that_every_block_stands_once_and_has_a_maker() -> None:
    blocks = [
        block[1] for name in figures.DOCUMENTS for block in figures.BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))
    ]
    assert len(blocks) == len(set(blocks))
    assert set(blocks) <= set(figures.MADE)


@pytest.mark.parametrize("name", list(EXPECTED))
def test_that_a_maker_writes_what_its_file_says(name: str) -> None:
    lines = figures.MADE[name](SAID)
    assert any(EXPECTED[name] in line for line in lines), lines
    assert figures.MADE[name]({}) is None


def test_that_what_was_not_measured_stays_and_what_was_is_replaced() -> None:
    text = "a\n<!-- numbers budget -->\nold\n<!-- end -->\nb\n<!-- numbers zones -->\nold\n<!-- end -->\n"
    new = figures.written(text, {"budget": SAID["budget"]})
    assert re.fullmatch(
        r"a\n<!-- numbers budget -->\n\|.*\n\|.*\n\| 400.*\n<!-- end -->\nb\n<!-- numbers zones -->\nold\n<!-- end -->\n", new
    )
    assert figures.written(new, {"budget": SAID["budget"]}) == new


def test_that_no_name_of_a_photograph_is_taken_over() -> None:
    held = json.dumps(
        figures._without(
            {"failure_to_acquire": {"count": 1, "photos": {"Somebody/1.jpg": "no face"}}, "det": [[1, 2, 3]], "photos": 12}
        )
    )
    assert held == '{"failure_to_acquire": {"count": 1}, "photos": 12}'
    for path in (ROOT / "benchmarks" / "results").glob("*.json"):
        assert not re.search(r"\.(jpe?g|png)\b", path.read_text(encoding="utf-8"))
