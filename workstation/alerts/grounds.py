"""Why a record is a candidate: its face, the document's portrait, its name, or one of its numbers, each with what agreed.

Frozen with the alert as JSON and read again as it was.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from watchlists.traits.births import Birth, Sex
from watchlists.traits.name_rule import How, NameScore, WordAgreement
from watchlists.traits.numbers import NumberAgreement, State, Which
from workstation.alerts import closeness
from workstation.alerts.closeness import Closeness


class Basis(StrEnum):
    FACE = "face"
    PORTRAIT = "document portrait"
    NAME = "name"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class PortraitLead:
    """How close the portrait on the document lies to a portrait of the record."""

    distance: float
    threshold: float
    closeness: Closeness | None


@dataclass(frozen=True, slots=True)
class Grounds:
    """Everything that speaks for one candidate; at least one part is there."""

    face: bool
    """The traveller's face lies within the threshold."""
    portrait: PortraitLead | None = None
    name: NameScore | None = None
    numbers: tuple[NumberAgreement, ...] = ()
    birth: Birth = Birth.UNKNOWN
    """How the birth dates of document and record agree, whatever else does."""
    sex: Sex = Sex.UNKNOWN

    @property
    def bases(self) -> tuple[Basis, ...]:
        there = (
            (Basis.FACE, self.face),
            (Basis.PORTRAIT, self.portrait is not None),
            (Basis.NAME, self.name is not None),
            (Basis.NUMBER, bool(self.numbers)),
        )
        return tuple(basis for basis, is_there in there if is_there)

    def text(self) -> str:
        parts = asdict(self)
        if self.portrait is not None:
            parts["portrait"]["closeness"] = self.portrait.closeness.text() if self.portrait.closeness else ""
        return json.dumps(parts)


FACE_ALONE = Grounds(face=True)
"""What every alert rests on that was raised before travel documents were read."""


def read(text: str) -> Grounds:
    """What `Grounds.text` gave."""
    if not text:
        return FACE_ALONE
    parts = json.loads(text)
    portrait, name = parts["portrait"], parts["name"]
    return Grounds(
        face=parts["face"],
        portrait=PortraitLead(portrait["distance"], portrait["threshold"], closeness.read(portrait["closeness"]))
        if portrait
        else None,
        name=_name(name) if name else None,
        numbers=tuple(
            NumberAgreement(
                Which(each["which"]), each["number"], each["look_alike"], State(each["state"]), each.get("zeros", False)
            )
            for each in parts["numbers"]
        ),
        birth=Birth(parts["birth"]),
        sex=Sex(parts["sex"]),
    )


def _name(parts: dict[str, object]) -> NameScore:
    words = parts["words"]
    if not isinstance(words, list):
        raise TypeError(f"not the words of a name: {words!r}")
    return NameScore(
        words=tuple(WordAgreement(each["asked"], each["listed"], How(each["how"]), each["common"]) for each in words),
        asked_alone=_texts(parts["asked_alone"]),
        listed_alone=_texts(parts["listed_alone"]),
        birth=Birth(str(parts["birth"])),
        sex=Sex(str(parts["sex"])),
        exchanged=bool(parts["exchanged"]),
    )


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, Sequence):
        raise TypeError(f"not a list of words: {value!r}")
    return tuple(str(each) for each in value)
