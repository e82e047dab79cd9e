"""Why a record is a candidate, in words: what there is to look at before the own view, and what agreed after it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from ui.words.closeness import strangers_words
from watchlists.traits.births import Birth, Sex
from watchlists.traits.name_rule import How, NameScore
from watchlists.traits.numbers import NumberAgreement, State, Which
from workstation.alerts.grounds import Basis, Grounds


def look_words(bases: Sequence[Basis], *, photograph: bool, traveller: bool, no_photo: str) -> str:
    """What to look at, before the own view. `photograph`: the record has one; `traveller`: there is one of the traveller.

    Empty where two faces are to be compared and nothing else.
    """
    said = []
    if Basis.NUMBER in bases:
        said.append(QCoreApplication.translate("Grounds", "A number on the document is on a list."))
    if Basis.NAME in bases:
        said.append(QCoreApplication.translate("Grounds", "The name and the date of birth agree with a record."))
    if Basis.PORTRAIT in bases:
        said.append(QCoreApplication.translate("Grounds", "The portrait on the document looks like the record's photograph."))
    if not traveller:
        why = QCoreApplication.translate("Grounds", "There is no photograph of the traveller: {reason}.")
        said.append(why.format(reason=no_photo))
    if not photograph:
        said.append(
            QCoreApplication.translate(
                "Grounds", "The record has no photograph: compare the document itself with what is asked."
            )
        )
    elif said and traveller:
        said.append(QCoreApplication.translate("Grounds", "Look at the faces too, and judge them by themselves."))
    return " ".join(said)


def number_words(numbers: Sequence[NumberAgreement]) -> str:
    return "\n".join(_number(each) for each in numbers)


def _number(found: NumberAgreement) -> str:
    if found.look_alike:
        words = QCoreApplication.translate("Grounds", "{number}: {which}, close: equal but for look-alikes such as O and 0")
    elif found.zeros:
        words = QCoreApplication.translate("Grounds", "{number}: {which}, close: equal but for zeros at the beginning")
    else:
        words = QCoreApplication.translate("Grounds", "{number}: {which}, equal")
    said = words.format(number=found.number, which=which_words(found.which))
    states = {
        State.AGREES: QCoreApplication.translate("Grounds", "{said}; the State of issue agrees"),
        State.DIFFERS: QCoreApplication.translate("Grounds", "{said}; another State of issue"),
        State.UNKNOWN: "{said}",
    }
    return states[found.state].format(said=said)


def which_words(which: Which) -> str:
    words = {
        Which.DOCUMENT: QCoreApplication.translate("Grounds", "document number"),
        Which.IDENTITY: QCoreApplication.translate("Grounds", "identity number"),
        Which.OPTIONAL: QCoreApplication.translate("Grounds", "optional data"),
        Which.AS_READ: QCoreApplication.translate("Grounds", "document number as it was first read"),
        Which.PRINTED: QCoreApplication.translate("Grounds", "document number printed on the page"),
    }
    return words[which]


def name_words(name: NameScore | None) -> str:
    """Word by word, then what stands on one side only."""
    if name is None:
        return ""
    said = [
        QCoreApplication.translate("Grounds", "{asked}, on the record {listed}: {how}").format(
            asked=each.asked.upper(), listed=each.listed.upper(), how=how_words(each.how)
        )
        for each in name.words
    ]
    if name.exchanged:
        said.append(QCoreApplication.translate("Grounds", "Surname and given names are exchanged."))
    for words, left in (
        (QCoreApplication.translate("Grounds", "Only on the document: {words}"), name.asked_alone),
        (QCoreApplication.translate("Grounds", "Only on the record: {words}"), name.listed_alone),
    ):
        if left:
            said.append(words.format(words=QCoreApplication.translate("Grounds", ", ").join(each.upper() for each in left)))
    return "\n".join(said)


def how_words(how: How) -> str:
    words = {
        How.SAME: QCoreApplication.translate("Grounds", "the same"),
        How.TRANSLITERATED: QCoreApplication.translate("Grounds", "the same but for how marked letters are written"),
        How.SPELLING: QCoreApplication.translate("Grounds", "another spelling of one name"),
        How.CUT: QCoreApplication.translate("Grounds", "the same as far as the document's line goes"),
        How.SLIP: QCoreApplication.translate("Grounds", "one letter apart"),
        How.INITIAL: QCoreApplication.translate("Grounds", "the initial agrees"),
        How.JOINED: QCoreApplication.translate("Grounds", "two words of one name written as one"),
        How.RELATIVE: QCoreApplication.translate("Grounds", "the name of the parent or husband on the record"),
    }
    return words[how]


def birth_words(grounds: Grounds) -> str:
    """How date of birth and sex agree, as far as both are known."""
    births = {
        Birth.SAME: QCoreApplication.translate("Grounds", "Date of birth: the same day"),
        Birth.SWAPPED: QCoreApplication.translate("Grounds", "Date of birth: day and month exchanged"),
        Birth.NEAR: QCoreApplication.translate("Grounds", "Date of birth: a year apart, the rest the same"),
        Birth.PART: QCoreApplication.translate("Grounds", "Date of birth: agrees as far as it is known"),
        Birth.UNKNOWN: "",
        Birth.DIFFERS: QCoreApplication.translate("Grounds", "Date of birth: differs"),
    }
    sexes = {
        Sex.AGREES: QCoreApplication.translate("Grounds", "Sex: agrees"),
        Sex.DIFFERS: QCoreApplication.translate("Grounds", "Sex: differs"),
        Sex.UNKNOWN: "",
    }
    return "\n".join(filter(None, (births[grounds.birth], sexes[grounds.sex])))


def portrait_words(grounds: Grounds) -> str:
    """How close the portrait on the document lies to the record's photograph."""
    lead = grounds.portrait
    return strangers_words(lead.closeness) if lead is not None and lead.closeness is not None else ""
