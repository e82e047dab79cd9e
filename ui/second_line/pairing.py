"""Which two pictures stand side by side in the second line, whatever there is: traveller, portrait, page, the record's photograph."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ui.widgets.compare_view import Shown
from ui.widgets.picture import Picture
from ui.words.plain import purpose_words
from workstation.alerts.raising import AlertView, CandidateView


@dataclass(frozen=True, slots=True, eq=False)
class Pictures:
    """The decoded pictures of an alert; None for one that is not there or cannot be read."""

    probe: Picture | None
    portrait: Picture | None
    page: Picture | None


def travellers_side(view: AlertView, pictures: Pictures) -> tuple[Shown, ...]:
    """Everything that shows the traveller or the document, the first to be shown first; never empty."""
    found = []
    if view.probe:
        found.append(Shown(pictures.probe, view.probe_eyes, QCoreApplication.translate("Pairing", "At the counter")))
    if view.portrait:
        eyes = view.document.portrait_eyes if view.document is not None else None
        found.append(Shown(pictures.portrait, eyes, QCoreApplication.translate("Pairing", "Portrait on the document")))
    if view.page:
        found.append(Shown(pictures.page, None, QCoreApplication.translate("Pairing", "The document")))
    if found:
        return tuple(found)
    words = QCoreApplication.translate("Pairing", "There is no picture. Read what the traveller brought below.")
    return (Shown(None, None, QCoreApplication.translate("Pairing", "No photograph"), words),)


def records_side(candidate: CandidateView, reference: Picture | None, others: Sequence[Shown]) -> Shown:
    """The record's photograph; without one the document, or words that say so."""
    caption = QCoreApplication.translate("Pairing", "On the list: {purpose}").format(purpose=purpose_words(candidate.purpose))
    if candidate.reference:
        return Shown(reference, candidate.reference_eyes, caption)
    if len(others) > 1:
        return others[-1]
    words = QCoreApplication.translate("Pairing", "The record has no photograph. Nothing is missing here.")
    return Shown(None, None, caption, words)
