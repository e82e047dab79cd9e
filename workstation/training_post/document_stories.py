"""The documents that the training travellers hand over: most are in order, eight tell a story that an officer must notice.

A document follows from its traveller and the day, so that it is valid whenever somebody trains.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from workstation.documents.mrz.mrz import MRV_A, TD1, TD3, Format
from workstation.training_post.drawn import layout
from workstation.training_post.drawn.documents import Misprint, PrintedDocument, Style
from workstation.training_post.drawn.holders import BirthDate, Holder, Particulars
from workstation.training_post.drawn.people import View
from workstation.training_post.drawn.portrait_print import Printer
from workstation.training_post.script import LISTED, LISTS, UTOPIA, ListedPerson, Traveller


class Story(StrEnum):
    """What is to be noticed of a document."""

    IN_ORDER = "in order"
    BAD_CHECK_DIGIT = "a check digit does not agree"
    LOST = "its number is on the list of lost documents"
    EXPIRED = "it has expired"
    OTHER_PORTRAIT = "the portrait is of another person"
    IDENTITY_CARD = "an identity card, its zone on the back"
    VISA = "a visa"
    NONE = "no document"
    LISTED_NAME = "its name is on a list, the face is another"


STORIES = {
    4: Story.BAD_CHECK_DIGIT,
    5: Story.LOST,
    6: Story.EXPIRED,
    8: Story.IDENTITY_CARD,
    11: Story.NONE,
    13: Story.LISTED_NAME,
    14: Story.OTHER_PORTRAIT,
    15: Story.VISA,
}
"""By the traveller's number; every other traveller's passport is in order."""
OTHER_PORTRAIT_SEED = 90210
_PRINTERS = (Printer.DYE, Printer.HALFTONE, Printer.DITHER)


@dataclass(frozen=True, slots=True)
class HandedOver:
    story: Story
    document: PrintedDocument | None
    """None where the traveller has none."""


def handed_over(traveller: Traveller, today: date) -> HandedOver:
    story = STORIES.get(traveller.number, Story.IN_ORDER)
    if story is Story.NONE:
        return HandedOver(story, None)
    form = {Story.IDENTITY_CARD: TD1, Story.VISA: MRV_A}.get(story, TD3)
    made = _document(traveller, form, today)
    says, whose = made.says, made.holder
    if story is Story.BAD_CHECK_DIGIT:
        made = _with_altered_number(made)
    elif story is Story.LOST:
        made = replace(made, says=replace(says, number=lost_record().document_number))
    elif story is Story.EXPIRED:
        expired = today.year - 1
        made = replace(made, says=replace(says, issued=date(expired - 10, 5, 14), expires=date(expired, 5, 13)))
    elif story is Story.OTHER_PORTRAIT:
        made = replace(made, holder=replace(whose, seed=OTHER_PORTRAIT_SEED))
    elif story is Story.LISTED_NAME:
        named = named_record()
        born = BirthDate(named.birth_date.year, named.birth_date.month, named.birth_date.day)
        made = replace(made, holder=replace(whose, surname=named.surname, given=named.given, born=born, sex=named.sex))
    return HandedOver(story, made)


def _with_altered_number(made: PrintedDocument) -> PrintedDocument:
    """A digit of the number was altered in print after the check digits were computed."""
    column = 7
    other = (int(made.lines[1][column]) + 3) % 10
    return replace(made, misprint=Misprint(1, column, str(other)))


def lost_record() -> ListedPerson:
    """Whose passport is reported lost and comes back in another person's hand."""
    return next(each for each in LISTED[20:] if each.list_name == LISTS[2].name)


def named_record() -> ListedPerson:
    """Who bears the name of a traveller that is somebody else."""
    return next(each for each in LISTED[20:] if each.list_name == LISTS[1].name)


def _document(traveller: Traveller, form: Format, today: date) -> PrintedDocument:
    number = traveller.number
    born = BirthDate(traveller.born.year, traveller.born.month, traveller.born.day)
    whose = Holder(traveller.surname, traveller.given, UTOPIA, born, traveller.sex, traveller.seed, "Utopia City")
    issued = date(today.year - 1 - number % 4, 1 + number % 12, 1 + number % 28)
    valid = 1 if form.visa else 10
    if form.visa:
        issued = date(today.year, 1, 1)
    says = Particulars(
        form=form,
        code={TD1.name: "I", MRV_A.name: "V"}.get(form.name, "P"),
        state=UTOPIA,
        number=traveller.document_number,
        issued=issued,
        expires=issued.replace(year=issued.year + valid),
        optional="" if form.visa else f"{number * 7654321 % 10**9:09d}",
    )
    style = Style(
        background=number,
        zone_background=number % 3 != 0,
        ink=(24, 22, 30),
        sharp=number % 4 == 0,
        printer=_PRINTERS[number % 3],
        ghost=number % 3 == 1,
        stamp=form.visa,
        dates=layout.DATES[number % 3],
    )
    # Taken on another day: turned and lit otherwise than before the counter's camera.
    view = View(yaw=3 - number % 6, pitch=number % 3 - 1, light_from=-16 + number % 9, noise=2.0)
    return PrintedDocument(whose, says, style, view)
