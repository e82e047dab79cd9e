"""What searches know of a record, in words: under which names and numbers it is compared, and by what it is not found."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from ui.words.plain import said
from watchlists.records.not_searched import by_name, searched_as
from watchlists.records.records import Particulars, Unsearched
from watchlists.traits.number_fields import NumberRefused, as_searched, checked


def name_below(particulars: Particulars) -> str:
    """Below the field for names, while it is written: as searches compare it, and what keeps them from it."""
    names = searched_as(particulars)
    if not (particulars.surname.strip() or particulars.given_names.strip()):
        return ""
    told = [QCoreApplication.translate("Searched", "Searched as {names}.").format(names="; ".join(names))] if names else []
    return " ".join([*told, *(said(each) for each in by_name(particulars))])


def numbers_below(text: str) -> str:
    """Below the field for numbers; empty while what is written is no number yet."""
    try:
        checked(text)
    except NumberRefused:
        return ""
    found = as_searched(text)
    return QCoreApplication.translate("Searched", "Searched as {numbers}.").format(numbers="; ".join(found)) if found else ""


def row_words(found: Sequence[Unsearched]) -> str:
    """In a row of the table: a few words, none where everything finds the record."""
    without = {each.short for each in found}
    if {"name", "face"} <= without:
        return (
            QCoreApplication.translate("Searched", "By nothing")
            if "number" in without
            else QCoreApplication.translate("Searched", "By number only")
        )
    if "name" in without:
        return QCoreApplication.translate("Searched", "Not by name")
    if "face" in without:
        return QCoreApplication.translate("Searched", "Not by face")
    return QCoreApplication.translate("Searched", "Hardly by name") if "alone" in without else ""


def sheet_words(found: Sequence[Unsearched]) -> str:
    """On the sheet of a record: each reason in its sentence."""
    return "\n".join(said(each) for each in found)
