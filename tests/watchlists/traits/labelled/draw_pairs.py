"""Puts the parts and twins of this folder together to labelled pairs: `python tests/watchlists/traits/labelled/draw_pairs.py`.

Both people of a pair have the same whole date of birth, so that the name alone decides. A third of the parts and of the twins
is kept aside: pairs made of them judge, and are not looked at while the rule is tuned.
"""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
COLUMNS = ("region", "kind", "same", "across", "kept", "sex", "record_surname", "record_given", "surname", "given", "cut")
TITLES = {"pk": "Haji Maulana Dr", "af": "Haji Mullah Qari", "ir": "Dr Haj Seyed", "ar": "Dr Sheikh Hajj", "in": "Shri Dr Mr",
          "bd": "Md Alhaj Dr", "cn": "Mr Dr Mr", "ca": "Mr Dr Mr", "eu": "Dr Prof Mr"}  # fmt: skip # a table
FATHERS = {"pk": "Ghulam Haider", "af": "Gul Agha", "ir": "Gholamreza", "ar": "Mahmoud", "in": "Om Prakash", "bd": "Abdul Jalil",
           "cn": "", "ca": "", "eu": ""}  # fmt: skip # a table
PREFIX = {"pk": "Muhammad", "af": "Mohammad", "bd": "Mohammad"}
PREFIX_NATIVE = {"pk": "محمد", "af": "محمد", "bd": "মোহাম্মদ"}


@dataclass(frozen=True, slots=True)
class Part:
    latin: tuple[str, ...]
    native: tuple[str, ...]


def lines(name: str) -> list[list[str]]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line and not line.startswith("#")]


def parted(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())


def main() -> None:
    chance = random.Random(1951)  # noqa: S311 - drawn names are no secret
    parts: dict[tuple[str, str, bool], list[Part]] = {}
    counted: dict[tuple[str, str], int] = {}
    for region, what, latin, native in lines("parts.txt"):
        counted[region, what] = place = counted.get((region, what), 0) + 1
        parts.setdefault((region, what, place % 3 == 0), []).append(Part(parted(latin), parted(native)))
    rows: list[dict[str, object]] = []
    for (region, what, kept), given in parts.items():
        if what != "s":
            for number, part in enumerate(given):
                rows += same(chance, region, what, kept, part, given[number - 1], parts[region, "s", kept])
    for number, (region, what, one, other) in enumerate(lines("twins.txt"), start=1):
        rows += twins(chance, region, what, number % 3 == 0, one, other, parts)
    for (region, what, kept), given in parts.items():
        if what != "s":
            for number, part in enumerate(given):
                rows += relatives(chance, region, what, kept, part, given[number - 1], parts[region, "s", kept])
    with (HERE / "pairs.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def same(  # noqa: C901 - one line for each thing that becomes of a name
    chance: random.Random, region: str, sex: str, kept: bool, part: Part, second: Part, families: Sequence[Part]
) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []

    def pair(kind: str, record: tuple[str, str], asked: tuple[str, str], *, across: bool = False, cut: bool = False) -> None:
        if record != asked or kind == "as it is":
            rows.append(row(region, kind, True, across, kept, sex, record, asked, cut=cut))

    family = chance.choice(families)
    other = chance.choice([each for each in families if each is not family])
    name, main = part.latin[0], family.latin[0]
    second_name = second.latin[0]
    for spelling in part.latin[1:]:
        pair("spelling", (main, name), (chance.choice(family.latin), spelling))
    pair("spelling", (family.latin[-1], name), (main, part.latin[-1]))
    for native in part.native:
        script = chance.choice(family.native)
        if native != name or script != main:
            across = not (native.isascii() and script.isascii())
            pair("script", (script, native), (main, chance.choice(part.latin)), across=across)
            pair("script", (main, chance.choice(part.latin)), (script, native), across=across)
            pair("script, one field", (f"{native} {script}", ""), (chance.choice(family.latin), name), across=across)
    pair("exchanged", (main, name), (chance.choice(part.latin), main))
    pair("one field", (f"{name} {main}" if region != "cn" else f"{main} {name}", ""), (main, chance.choice(part.latin)))
    pair("together", (main, f"{name} {second_name}"), (main, (name + second_name).replace(" ", "")))
    pair("fewer", (main, f"{name} {second_name}"), (main, chance.choice(part.latin)))
    pair("initial", (main, f"{name} {second_name}"), (main, f"{name} {second_name[0]}"))
    pair("title", (main, f"{chance.choice(TITLES[region].split())} {name}"), (main, name))
    if FATHERS[region]:
        mark = chance.choice(["S/O", "s/o", "son of"] if sex == "m" else ["D/O", "d/o", "W/O"])
        pair("kin", (main, f"{name} {mark} {FATHERS[region]}"), (main, name))
    long = f"{name} {second_name}"
    if len(second_name.split()[-1]) > 4:
        pair("cut", (main, long), (main, long[:-2]), cut=True)
    if sex == "f":
        pair("married", (main, f"{name} {second_name}"), (other.latin[0], f"{name} {second_name}"))
    if len(main) > 5:
        place = chance.randrange(1, len(main) - 1)
        pair("slip", (main, name), (main[:place] + chance.choice("bdkmnrt") + main[place + 1 :], name))
    pair("alias", (main, f"{name} {chance.choice(['urf', 'alias', '@', 'a.k.a.'])} {second_name}"), (main, name))
    pair("placeholder", (chance.choice(["LNU", "UNKNOWN", "-", "N/A"]), f"{name} {main}"), (main, name))
    if region in PREFIX and sex == "m":
        pair("prefix", (main, f"{PREFIX[region]} {name}"), (main, name))
        pair("prefix", (main, f"Md {name}"), (main, f"{PREFIX[region]} {name}"))
    return rows


def twins(
    chance: random.Random,
    region: str,
    what: str,
    kept: bool,
    one: str,
    other: str,
    parts: dict[tuple[str, str, bool], list[Part]],
) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    sex = "m" if what == "s" else what
    families, given = parts[region, "s", kept], parts[region, sex, kept]
    for _ in range(3):
        family, second = chance.choice(families), chance.choice(given)
        main, more = family.latin[0], second.latin[0]
        if what == "s":
            rows.append(row(region, "look-alike surname", False, False, kept, sex, (one, more), (other, more)))
            continue
        rows.append(row(region, "look-alike", False, False, kept, sex, (main, one), (main, other)))
        rows.append(
            row(
                region,
                "look-alike",
                False,
                False,
                kept,
                sex,
                (chance.choice(family.latin), f"{one} {more}"),
                (main, f"{other} {more}"),
            )
        )
        if region in PREFIX and sex == "m":
            rows.append(
                row(
                    region,
                    "look-alike",
                    False,
                    False,
                    kept,
                    sex,
                    (main, f"{PREFIX[region]} {one}"),
                    (main, f"{PREFIX[region]} {other}"),
                )
            )
    return rows


def relatives(
    chance: random.Random, region: str, sex: str, kept: bool, part: Part, other: Part, families: Sequence[Part]
) -> list[dict[str, object]]:
    """Brothers and sisters, father and son, namesakes of other families, and people of whom little is written."""
    if part is other:
        return []
    rows: list[dict[str, object]] = []

    def pair(kind: str, record: tuple[str, str], asked: tuple[str, str], *, across: bool = False) -> None:
        rows.append(row(region, kind, False, across, kept, sex, record, asked))

    family = chance.choice(families)
    stranger = chance.choice([each for each in families if each is not family])
    main, name, sibling = family.latin[0], part.latin[0], other.latin[0]
    native, script = other.native[0], family.native[0]
    pair("siblings", (main, name), (main, sibling))
    if native != sibling:
        pair("siblings", (script, native), (main, name), across=True)
    if region in PREFIX and sex == "m":
        pair("siblings", (main, f"{PREFIX[region]} {name}"), (main, f"{PREFIX[region]} {sibling}"))
        pair("siblings", (script, f"{PREFIX_NATIVE[region]} {native}"), (main, f"{PREFIX[region]} {name}"), across=True)
    if sex == "m":
        pair("father and son", (main, f"{name} {sibling}"), (main, sibling))
        pair("father and son", (name, sibling), (main, name))
    pair("namesakes", (main, name), (stranger.latin[0], name))
    if FATHERS[region]:
        mark = "S/O" if sex == "m" else "D/O"
        pair("kin of a stranger", (f"{name} {mark} {sibling}", ""), (f"{name}", f"{FATHERS[region]} {stranger.latin[0]}"))
    pair("placeholder", (chance.choice(["UNKNOWN", "LNU", "FNU", "N/A", "-"]), name), ("UNKNOWN", sibling))
    return rows


def row(
    region: str,
    kind: str,
    same: bool,
    across: bool,
    kept: bool,
    sex: str,
    record: tuple[str, str],
    asked: tuple[str, str],
    *,
    cut: bool = False,
) -> dict[str, object]:
    cells = (region, kind, int(same), int(across), int(kept), sex.upper(), *record, *asked, int(cut))
    return dict(zip(COLUMNS, cells, strict=True))


if __name__ == "__main__":
    main()
