"""ARCHITECTURE.md and the developers' pages say what the code says: the picture, the words, every file they name."""

import ast
import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("ARCHITECTURE.md", "docs/developers.md", "docs/release.md", "docs/inside.md")
spec = importlib.util.spec_from_file_location("architecture", ROOT / "installer" / "architecture.py")
assert spec is not None
assert spec.loader is not None
architecture = importlib.util.module_from_spec(spec)
spec.loader.exec_module(architecture)


def words() -> list[tuple[str, str, str]]:
    """Word, file and name of each line of the glossary."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    return re.findall(r"^\| ([^|]+) \| [^|]+ \| `([^`]+)` `([^`]+)` \|$", text, re.MULTILINE)


def test_that_the_picture_is_the_one_of_today() -> None:
    committed = (ROOT / "docs" / "rooms.svg").read_text(encoding="utf-8")
    assert committed == architecture.drawn(architecture.rooms()), "run `make architecture` and commit docs/rooms.svg"


def test_that_an_arrow_that_a_way_round_says_is_left_out_and_a_circle_refused() -> None:
    arrows = {"a": frozenset("bcd"), "b": frozenset("c"), "c": frozenset("d"), "d": frozenset()}
    assert architecture.shortest(arrows) == {"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": frozenset()}
    assert architecture.ranks(arrows) == {"a": 3, "b": 2, "c": 1, "d": 0}
    with pytest.raises(ValueError, match="a circle: a -> b -> a"):
        architecture.shortest({"a": frozenset("b"), "b": frozenset("a")})


def test_that_the_glossary_is_there_and_has_each_word_once() -> None:
    found = [word for word, _, _ in words()]
    assert len(found) >= 15
    assert len(found) == len(set(found))


@pytest.mark.parametrize(("word", "file", "name"), words())
def test_that_a_word_stands_where_the_glossary_says(word: str, file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    assert name in defined, f"{word}: {file} defines no {name}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_that_every_file_a_document_names_is_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = re.findall(r"`((?:matching|watchlists|workstation|ui|tests|installer|docs|benchmarks)(?:/[\w.-]+)+)`", text)
    assert named
    assert [each for each in named if not (ROOT / each).exists()] == []


def test_that_every_room_has_a_place_in_the_developers_table() -> None:
    told = (ROOT / "docs" / "developers.md").read_text(encoding="utf-8")
    for house in ("matching", "watchlists", "workstation"):
        rooms = [each.name for each in (ROOT / house).iterdir() if (each / "__init__.py").exists()]
        assert [f"{house}/{room}" for room in rooms if f"`{house}/{room}`" not in told] == []


def test_that_the_architecture_is_one_page() -> None:
    assert (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").count("\n") <= 75
