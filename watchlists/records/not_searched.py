"""By what a record is not searched, and why: said where it is written down, on its row, in the finder and on the command line.

The rule itself is asked: a record that not even a document with the very same name and date would find is not searched by name.
"""

from functools import lru_cache

from watchlists.records.records import Particulars, Unsearched
from watchlists.traits import births
from watchlists.traits.births import Birth, Sex
from watchlists.traits.name_rule import comparing, score
from watchlists.traits.name_sounds import is_frequent
from watchlists.traits.person_names import NamesRead, PersonName, read_names

NO_NAME = "Not searched by name: no name is known."
ONE_WORD = "Not searched by name: one word only, and no whole date of birth."
COMMON = "Not searched by name: only common names, and no whole date of birth."
FREQUENT = "Not searched by name: only frequent names, and no date of birth."
ALONE = "By name only where a document says {name} and nothing else: one frequent word."
UNREADABLE = "Not compared: {signs}. No table here reads these signs; write the name in Latin letters too."
RELATIVE = "“{name}” is taken for a relative's name, not for a name of this person."
NO_FACE = "Not searched by face: no photograph."
NO_NUMBER = "Not searched by number: no document number."


def not_searched(particulars: Particulars, portraits: int | None) -> tuple[Unsearched, ...]:
    """Everything that keeps searches from this record; `portraits`: how many it has, None where that is not known yet."""
    found = list(by_name(particulars))
    if portraits == 0:
        found.append(Unsearched("face", NO_FACE))
    if not particulars.document_number.strip():
        found.append(Unsearched("number", NO_NUMBER))
    return tuple(found)


def by_name(particulars: Particulars) -> tuple[Unsearched, ...]:
    """Why no search, or hardly any, finds it by name."""
    return _by_name(_fields(particulars), particulars.birth_date.strip())


@lru_cache(maxsize=50_000)
def _by_name(fields: tuple[tuple[str, str], ...], birth_date: str) -> tuple[Unsearched, ...]:
    read = [read_names(*each) for each in fields if any(part.strip() for part in each)]
    names = [name for each in read for name in each.names]
    birth = _best(birth_date)
    return (*_never(names, birth), *_hardly(names, birth), *_left_out(read))


def searched_as(particulars: Particulars) -> tuple[str, ...]:
    """The names under which searches compare the record: surname, then given names, in capitals."""
    names = (name for each in _fields(particulars) for name in read_names(*each).names)
    return tuple(dict.fromkeys(", ".join(filter(None, (" ".join(n.surname), " ".join(n.given)))).upper() for n in names))


def _fields(particulars: Particulars) -> tuple[tuple[str, str], ...]:
    return ((particulars.surname, particulars.given_names), *((other, "") for other in particulars.other_names))


def _best(birth_date: str) -> Birth:
    """How a document with the very same date agrees."""
    try:
        parts = births.parts(birth_date)
    except ValueError:
        return Birth.UNKNOWN
    return births.births(parts, parts)


def _never(names: list[PersonName], birth: Birth) -> tuple[Unsearched, ...]:
    compare = comparing()
    if not names:
        return (Unsearched("name", NO_NAME),)
    if any(score(name, name, birth, Sex.UNKNOWN, compare) is not None for name in names):
        return ()
    if all(len(name.tokens) == 1 for name in names):
        return (Unsearched("name", ONE_WORD),)
    return (Unsearched("name", FREQUENT if birth is Birth.UNKNOWN else COMMON),)


def _hardly(names: list[PersonName], birth: Birth) -> tuple[Unsearched, ...]:
    alone = all(len(name.tokens) == 1 and is_frequent(name.tokens[0]) and not name.relatives for name in names)
    if not names or not alone or birth is not Birth.SAME:
        return ()
    return (Unsearched("alone", ALONE, (("name", " / ".join(name.tokens[0].upper() for name in names)),)),)


def _left_out(read: list[NamesRead]) -> tuple[Unsearched, ...]:
    signs = "".join(dict.fromkeys("".join(sign for each in read for sign in each.unreadable)))
    found = [Unsearched("letters", UNREADABLE, (("signs", signs),))] if signs else []
    found += [
        Unsearched("", RELATIVE, (("name", relative.upper()),)) for each in read for relative in each.relatives if relative
    ]
    return tuple(found)
