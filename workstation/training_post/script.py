"""The training post's story: four lists, who is on them, and the travellers who come. All names and States are invented."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from matching.faces.images import Image
from workstation.training_post.cast import RECORD_SEEDS, STRANGER_SEEDS
from workstation.training_post.drawn.drawing import frame, portrait
from workstation.training_post.drawn.people import Person, View, person

UTOPIA = "UTO"
"""The State of ICAO Doc 9303's specimens."""
GOOD = "good"
_FRAMES_A_LOOK = 45


@dataclass(frozen=True, slots=True)
class ListScript:
    name: str
    purpose: str
    owner: str
    contact: str
    legal_basis: str
    action: str


@dataclass(frozen=True, slots=True)
class ListedPerson:
    seed: int
    list_name: str
    surname: str
    given: str
    birth_date: date
    sex: str
    document_number: str
    legal_basis: str
    action: str
    review_in_days: int
    photo_months: int
    """Age of the photographs."""
    nationality: str = UTOPIA


@dataclass(frozen=True, slots=True)
class Look:
    """How the traveller stands before the camera for a while, and what is wrong with it."""

    view: View
    wrong: str = ""
    companion: int | None = None
    """Seed of somebody else in the picture."""
    frames: int = _FRAMES_A_LOOK


@dataclass(frozen=True, slots=True)
class Traveller:
    number: int
    seed: int
    surname: str
    given: str
    born: date
    sex: str
    document_number: str
    looks: tuple[Look, ...]
    expected: str
    listed: int | None
    """Index into LISTED."""


LISTS = (
    ListScript(
        "Missing persons (training)",
        "PROTECT",
        "Child and Victim Protection Unit",
        "Duty desk, extension 1 (training)",
        "Protection order of the Utopian family court (training)",
        "Speak calmly and alone with the person; offer water and a seat; call the unit before anything else.",
    ),
    ListScript(
        "Wanted by court order (training)",
        "REFER",
        "Utopian Court Liaison",
        "Duty desk, extension 2 (training)",
        "Arrest warrant of the Utopian district court (training)",
        "Ask the second line to confirm the identity with the owner before any measure.",
    ),
    ListScript(
        "Lost and stolen documents (training)",
        "DOCUMENT",
        "Utopian Passport Office",
        "Duty desk, extension 3 (training)",
        "Notice of the passport office (training)",
        "Compare document and person; keep the document if the owner confirms.",
    ),
    ListScript(
        "Inform the owner (training)",
        "INFORM",
        "Utopian Liaison Office",
        "Duty desk, extension 4 (training)",
        "Request under the mutual assistance act (training)",
        "Let the person pass; tell the owner date, time and direction.",
    ),
)
_SURNAMES = [
    "Noorani",
    "Valdez",
    "Okonkwo-Bay",
    "Lindqvist",
    "Harrow",
    "Petrosh",
    "Mahmoudi",
    "Tanaka-Reed",
    "Osei",
    "Bellweather",
    "Qasimov",
    "Farrukh",
    "Jimenez-Holt",
    "Abara",
    "Sundaram",
    "Kovalen",
    "Dastgir",
    "Moreau-Lin",
    "Ibekwe",
    "Rahimzai",
    "Castellan",
    "Voss",
    "Achterberg",
    "Yilmazer",
    "Baloch-Ray",
    "Duarte",
    "Hakimi",
    "Ekström",
    "Mbeki-Lowe",
    "Sarkar",
    "Thanh-Do",
    "Wazir",
]
_WOMEN = [
    "Amina",
    "Lucia",
    "Ngozi",
    "Freya",
    "Shirin",
    "Mei",
    "Adwoa",
    "Parveen",
    "Elena",
    "Zainab",
    "Noor",
    "Ingrid",
    "Salma",
    "Chidera",
    "Anjali",
    "Rosa",
]
_MEN = [
    "Bilal",
    "Mateo",
    "Emeka",
    "Lars",
    "Farid",
    "Hiro",
    "Kofi",
    "Imran",
    "Viktor",
    "Yusuf",
    "Omar",
    "Nils",
    "Tariq",
    "Chike",
    "Ravi",
    "Diego",
]


def _name(number: int, seed: int) -> tuple[str, str, str]:
    """Surname, given name and sex that fit the drawing."""
    who = person(seed)
    man = bool(who.beard) or who.covering in {"turban", "taqiyah"}
    given = (_MEN if man else _WOMEN)[(number * 7 + seed) % 16]
    return _SURNAMES[(number * 5 + 3) % len(_SURNAMES)], given, "M" if man else "F"


def _birth_date(who: Person, number: int) -> date:
    """A birthday that fits the age drawn: from about 8 to 80 years."""
    return date(2018 - round(who.age * 68), 1 + number * 5 % 12, 1 + number * 11 % 28)


def _document(kind: str, number: int) -> str:
    return f"{kind}{1000003 + number * 7919:07d}"


def _listed(number: int, seed: int) -> ListedPerson:
    about = LISTS[number % len(LISTS)]
    surname, given, sex = _name(number, seed)
    return ListedPerson(
        seed=seed,
        list_name=about.name,
        surname=surname,
        given=given,
        birth_date=_birth_date(person(seed), number),
        sex=sex,
        document_number=_document("UL", number),
        legal_basis=about.legal_basis,
        action=about.action,
        review_in_days=30 + number * 5,
        photo_months=1 + number * 7 % 50,
    )


LISTED = tuple(_listed(number, seed) for number, seed in enumerate(RECORD_SEEDS))

# Traveller number -> index into LISTED: two missing, two wanted, one document, one to inform about.
_ON_A_LIST = {3: 0, 9: 5, 16: 2, 23: 8, 30: 3, 36: 13}
_FIRST_LOOKS = {
    2: (Look(View(scale=0.34), "too far"),),
    9: (Look(View(yaw=34), "turned away"),),
    12: (Look(View(light=0.085, background=3), "against the light"),),
    18: (Look(View(blur=5.0), "moving"),),
    23: (Look(View(scale=0.31), "too far"),),
    27: (Look(View(light=0.75, light_from=88), "light from the side"),),
    33: (Look(View(yaw=-38), "turned away"),),
}
_WITH_COMPANION = 20


def _traveller(number: int) -> Traveller:
    listed = _ON_A_LIST.get(number)
    seed = STRANGER_SEEDS[number - 1] if listed is None else RECORD_SEEDS[listed]
    surname, given, sex = _name(number + 100, seed)
    born = _birth_date(person(seed), number + 100)
    if listed is not None:
        on_list = LISTED[listed]
        surname, given, sex, born = on_list.surname, on_list.given, on_list.sex, on_list.birth_date
    turn = (number * 5 % 9) - 4
    good = Look(
        View(yaw=turn, pitch=(number * 3 % 7) - 3, light_from=12 + turn, smile=0.3 * (number % 3), background=number % 3), GOOD
    )
    looks = (*_FIRST_LOOKS.get(number, ()), good)
    if number == _WITH_COMPANION:
        looks = (Look(replace(good.view, shift_x=-0.22, scale=0.9), "two people", STRANGER_SEEDS[-1]), good)
    return Traveller(
        number,
        seed,
        surname,
        given,
        born,
        sex,
        _document("UT", number),
        looks,
        "no lead" if listed is None else "refer",
        listed,
    )


TRAVELLERS = tuple(_traveller(number) for number in range(1, 41))


def traveller_frames(traveller: Traveller) -> Iterator[Image]:
    """The traveller before the camera, look after look, swaying a little; the same frames every time."""
    for number in range(sum(look.frames for look in traveller.looks)):
        yield traveller_frame(traveller, number)


def traveller_frame(traveller: Traveller, number: int) -> Image:
    """One of them, without drawing those before it."""
    moment = traveller.number * 1000 + number
    look = [look for look in traveller.looks for _ in range(look.frames)][number]
    sway = np.sin(moment / 14)
    view = replace(look.view, shift_x=look.view.shift_x + 0.006 * float(sway), yaw=look.view.yaw + 1.5 * float(sway))
    people = [(person(traveller.seed), view)]
    if look.companion is not None:
        people.append((person(look.companion), replace(view, shift_x=0.24, scale=0.85)))
    return frame(people, moment=moment)


def listed_portraits(listed: ListedPerson) -> tuple[Image, ...]:
    """One or two portraits, older and otherwise lit than the traveller's frames."""
    who = person(listed.seed)
    front = portrait(who, View(light_from=-14, noise=2.0, background=listed.seed % 3), moment=listed.seed)
    if listed.seed % 3:
        return (front,)
    turned = portrait(who, View(yaw=9, pitch=3, light_from=24, smile=0.4, background=1), moment=listed.seed + 1)
    return front, turned
