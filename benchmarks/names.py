"""How often a name and a birth date make somebody a candidate who is not meant, and how often somebody who is meant is missed.

    python benchmarks/names.py [--travellers N] [--records N] [--large N] [--json]

Everything is made up: names are drawn from tables of given names and surnames, the frequent ones more often, as in life. False
candidates: travellers who are none of the records. Missed: records met again under another spelling, order or date. Speed: one
search among LARGE records. The spellings of a name stand in a table of their own here; the rule does not know it.
"""

import csv
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import click
import numpy as np

from watchlists.records.reading import Known
from watchlists.register import Register, Traveller
from watchlists.traits.births import Birth, Sex
from watchlists.traits.name_rule import comparing, score, written
from watchlists.traits.person_names import read_names

TODAY = date(2026, 11, 24)

SPELLINGS = """
muhammad mohammad mohammed mohamed mohamad muhammed muhamad mohd mouhamed mohamud mahomed muhamed mehmet
ahmad ahmed ahmet achmed ehmed
hussain hussein husain husayn hossain hossein husein hussien
hassan hasan hassen
ali aly
abdullah abdallah abdulla abdellah
abdulrahman abdurrahman abdelrahman abdurehman abdulrehman
usman osman uthman othman ousmane
umar omar omer oumar
yusuf yousuf yousaf youssef yousef yusef
ibrahim ebrahim ibraheem
khalid khaled halid
rashid rasheed rachid rashed
tariq tarek tarik tareq
jamal gamal djamal jamaal
karim kareem kerim
saeed said saed sayeed
mahmood mahmud mahmoud mehmood
zulfiqar zulfikar zulfiquar
iqbal ikbal eqbal
fatima fatimah fatema fatma
ayesha aisha aysha aicha aishah
maryam mariam meryem
zainab zaynab zeinab zaineb
khadija khadijah khadeeja
amina aminah ameena
nur noor nour
sheikh shaikh shaykh sheik cheikh
qureshi quraishi qureishi koreshi
chaudhry choudhury chowdhury chaudhary chaudhri
siddiqui siddiqi siddique seddiqi
syed sayyid sayed seyed
rehman rahman rehmaan
malik malek maleek
khan khaan
butt but
baig beg bayg
bukhari bokhari boukhari
ansari ansary
hashmi hashimi hashemi
sergey sergei serguei sergej
aleksandr alexander aleksander alexandr
dmitry dmitri dmitriy dimitri
yury yuri iurii jurij
evgeny yevgeny evgenii yevgeniy
mikhail mihail mikhael
natalia nataliya natalya nathalia
tatiana tatyana tatjana
ivanov ivanoff
petrov petroff
mueller muller müller
schroeder schröder schroder
joergensen jørgensen jorgensen
soerensen sørensen sorensen
garcia garzia
goncalves gonçalves
nguyen nguyên
"""
FAMILIES = [line.split() for line in SPELLINGS.strip().splitlines()]
MEN = """
muhammad ahmad ali hussain hassan usman umar yusuf ibrahim khalid rashid tariq karim saeed mahmood zulfiqar iqbal abdullah
abdulrahman bilal hamza imran kamran adnan asad faisal fahad junaid naveed nadeem shahid sajid waqar zahid zubair arshad
aslam akram ashraf javed pervez nasir yasir qasim hamid majid wajid sergey aleksandr dmitry yury mikhail hans peter lars
jose carlos luis john david michael
"""
WOMEN = """
fatima ayesha maryam zainab khadija amina nur sana sadia saima samina shazia rabia rubina nadia nazia farah fouzia hina huma
iram kiran lubna mehwish noreen parveen rukhsana shabana tahira uzma yasmin zara natalia tatiana elena olga maria ana ingrid
anna mary
"""
FAMILY_NAMES = """
khan malik sheikh qureshi chaudhry siddiqui syed rehman butt baig bukhari ansari hashmi bibi begum akhtar raza abbasi awan
bhatti cheema dar durrani gilani gujjar jutt kayani khattak khokhar lodhi mirza mughal niazi paracha rajput rana sial soomro
tarar toor virk warraich yousafzai afridi baloch bugti jamali leghari magsi marri mazari mengal ivanov petrov sidorov smirnov
mueller schroeder joergensen soerensen garcia silva goncalves smith jones brown taylor
"""
GIVEN_M, GIVEN_F, SURNAMES = MEN.split(), WOMEN.split(), FAMILY_NAMES.split()


@dataclass(frozen=True, slots=True)
class Person:
    surname: str
    given: tuple[str, ...]
    born: date
    sex: str


def drawn(random: np.random.Generator) -> Person:
    """A person: one or two given names and a surname, frequent names more often (Zipf)."""
    sex = "M" if random.random() < 0.6 else "F"
    pool = GIVEN_M if sex == "M" else GIVEN_F
    count = int(random.choice([1, 2, 3], p=[0.3, 0.55, 0.15]))
    given = tuple(dict.fromkeys(_frequent(random, pool) for _ in range(count)))
    born = date(1945, 1, 1) + timedelta(days=int(random.integers(0, 365 * 70)))
    if random.random() < 0.12:
        born = born.replace(month=1, day=1)  # dates that are not known are often printed so
    return Person(_frequent(random, SURNAMES), given, born, sex)


def _frequent(random: np.random.Generator, pool: list[str]) -> str:
    weights = 1 / np.arange(1, len(pool) + 1) ** 0.9
    return str(random.choice(pool, p=weights / weights.sum()))


def listed(number: int, person: Person, random: np.random.Generator) -> Known:
    """A record of the person, its birth date as far as such records know it."""
    known = [person.born.isoformat(), f"{person.born:%Y-%m}", f"{person.born:%Y}", ""]
    born = str(random.choice(known, p=[0.6, 0.05, 0.2, 0.15]))
    sex = person.sex if random.random() < 0.9 else ""
    return Known(number, 1, person.surname, " ".join(person.given), (), born, sex, (), "2030-01-01")


def asked(person: Person) -> Traveller:
    name = written(person.surname, " ".join(person.given))
    return Traveller((), (name,), person.born.isoformat(), person.sex)


def false_candidates(travellers: int, records: int, random: np.random.Generator) -> tuple[dict[str, float], dict[str, int]]:
    register = Register([listed(n, drawn(random), random) for n in range(1, records + 1)], {}, TODAY)
    stopped, why, candidates = 0, Counter[str](), 0
    for _ in range(travellers):
        found = register.find_names(asked(drawn(random))).names
        stopped += bool(found)
        candidates += len(found)
        why.update(f"{each.birth.value}, {len(each.words)} words" for each in found.values())
    told = {
        "travellers": travellers,
        "records": records,
        "stopped_per_1000": 1000 * stopped / travellers,
        "candidates_per_1000": 1000 * candidates / travellers,
    }
    return told, dict(why.most_common())


def respelt(person: Person, random: np.random.Generator) -> Person | None:
    """Every name that has other spellings in another one; None when none has."""

    def other(name: str) -> str:
        family = next((each for each in FAMILIES if name in each), [name])
        return str(random.choice([each for each in family if each != name] or family))

    changed = replace(person, surname=other(person.surname), given=tuple(other(each) for each in person.given))
    return changed if changed != person else None


def initials(person: Person, random: np.random.Generator) -> Person | None:
    del random
    return replace(person, given=(*person.given[:-1], person.given[-1][0])) if len(person.given) > 1 else None


def fewer(person: Person, random: np.random.Generator) -> Person | None:
    del random
    return replace(person, given=person.given[:-1]) if len(person.given) > 1 else None


def exchanged(person: Person, random: np.random.Generator) -> Person:
    del random
    return replace(person, surname=" ".join(person.given), given=(person.surname,))


def slipped(person: Person, random: np.random.Generator) -> Person | None:
    """One letter of the surname read wrongly."""
    if len(person.surname) < 5:
        return None
    place = int(random.integers(len(person.surname)))
    return replace(person, surname=person.surname[:place] + "z" + person.surname[place + 1 :])


def day_and_month(person: Person, random: np.random.Generator) -> Person | None:
    del random
    if person.born.day > 12 or person.born.day == person.born.month:
        return None
    return replace(person, born=person.born.replace(month=person.born.day, day=person.born.month))


def a_year(person: Person, random: np.random.Generator) -> Person | None:
    if (person.born.month, person.born.day) == (2, 29):
        return None
    return replace(person, born=person.born.replace(year=person.born.year + int(random.choice([-1, 1]))))


KINDS: dict[str, Callable[[Person, np.random.Generator], Person | None]] = {
    "as on the record": lambda person, _: person,
    "other spellings": respelt,
    "surname and given names exchanged": exchanged,
    "one given name fewer": fewer,
    "an initial": initials,
    "one letter of the surname wrong": slipped,
    "day and month exchanged": day_and_month,
    "birth year one off": a_year,
}


def recall(records: int, random: np.random.Generator) -> dict[str, dict[str, float]]:
    """Share of records found again, by what became of name or date, and by how much of the birth date the record has."""
    answer: dict[str, dict[str, float]] = {}
    for kind, change in KINDS.items():
        told: dict[str, list[bool]] = {"full": [], "year": [], "none": []}
        for n in range(records):
            person = drawn(random)
            met = change(person, random)
            if met is None:
                continue
            precision = ("full", "year", "none")[n % 3]
            born = {"full": person.born.isoformat(), "year": f"{person.born:%Y}", "none": ""}[precision]
            known = Known(1, 1, person.surname, " ".join(person.given), (), born, person.sex, (), "2030-01-01")
            told[precision].append(1 in Register([known], {}, TODAY).find_names(asked(met)).names)
        answer[kind] = {each: float(np.mean(found)) if found else float("nan") for each, found in told.items()}
    return answer


def speed(records: int, searches: int, random: np.random.Generator) -> dict[str, float]:
    known = [listed(n, drawn(random), random) for n in range(1, records + 1)]
    start = time.perf_counter()
    register = Register(known, {}, TODAY)
    register.find_names(asked(drawn(random)))
    built = time.perf_counter() - start
    took = []
    for _ in range(searches):
        person = asked(drawn(random))
        start = time.perf_counter()
        register.find_names(person)
        register.find_numbers(person)
        took.append(1000 * (time.perf_counter() - start))
    return {
        "records": records,
        "build_s": built,
        "p50_ms": float(np.percentile(took, 50)),
        "p95_ms": float(np.percentile(took, 95)),
    }


def labelled() -> dict[str, dict[str, float]]:
    """Shares of the labelled pairs of `tests` that the rule takes, everybody's date of birth being the same day."""
    taken: dict[str, dict[str, list[bool]]] = {"tuned with": {}, "kept aside": {}}
    compare = comparing()
    with (Path(__file__).parents[1] / "tests/watchlists/traits/labelled/pairs.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            listed = read_names(row["record_surname"], row["record_given"]).names
            met = read_names(row["surname"], row["given"], cut_short=row["cut"] == "1").names
            found = any(score(a, b, Birth.SAME, Sex.AGREES, compare) is not None for a in met for b in listed)
            scripts = "two scripts" if row["across"] == "1" else "one script"
            who = "the same person" if row["same"] == "1" else "look-alikes"
            part = taken["kept aside" if row["kept"] == "1" else "tuned with"]
            part.setdefault(f"{who}, {scripts}", []).append(found)
    return {part: {kind: float(np.mean(found)) for kind, found in kinds.items()} for part, kinds in taken.items()}


@click.command()
@click.option("--travellers", default=10_000)
@click.option("--records", default=1_000)
@click.option("--large", default=100_000)
@click.option("--json", "as_json", is_flag=True)
def main(travellers: int, records: int, large: int, as_json: bool) -> None:  # noqa: FBT001 - click
    random = np.random.default_rng(5)
    false, why = false_candidates(travellers, records, random)
    found = recall(3 * records, random)
    quick = speed(large, 200, random)
    taken = labelled()
    if as_json:
        click.echo(json.dumps({"false": false | {"why": why}, "recall": found, "speed": quick, "labelled": taken}))
        return
    click.echo(f"{false['travellers']} travellers, {false['records']} records, nobody meant:")
    click.echo(
        f"{false['stopped_per_1000']:.1f} of 1,000 travellers have a candidate, {false['candidates_per_1000']:.1f} candidates"
    )
    for part, count in why.items():
        click.echo(f"    {count:6d}  {part}")
    click.echo("Found again, by what of the birth date the record has:      full    year    none")
    for kind, shares in found.items():
        click.echo(f"    {kind:50s}" + "".join(f"{share:8.3f}" for share in shares.values()))
    click.echo("Labelled pairs that the rule takes, with the same date of birth:")
    for part, kinds in taken.items():
        for kind, share in sorted(kinds.items()):
            click.echo(f"    {part}, {kind:40s}{share:8.3f}")
    click.echo(
        f"{quick['records']:.0f} records: built in {quick['build_s']:.1f} s, a search takes {quick['p50_ms']:.1f} ms (p50),"
        f" {quick['p95_ms']:.1f} ms (p95)"
    )


if __name__ == "__main__":
    main()
