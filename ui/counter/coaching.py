"""What the line below the picture says, of what is true at the counter now."""

from PySide6.QtCore import QCoreApplication

from ui.counter.in_front import InFront
from ui.threads.background import Preview
from ui.words.plain import said
from workstation.at_counter.saying import Line
from workstation.capture.exposure import AGAINST_THE_LIGHT


def words(line: Line, preview: Preview | None, front: InFront) -> str:
    """In the officer's language; empty where the card says it already."""
    if line in {Line.FIX, Line.HOLD} and preview is not None:
        return advice(preview)
    if line in {Line.STANDS, Line.BESIDE} and len(front.faces) > 1:
        return QCoreApplication.translate(
            "Coaching", "The person in the frame was searched. Others in the picture: {count}, not searched."
        ).format(count=len(front.faces) - 1)
    return {
        Line.FACE: QCoreApplication.translate("Coaching", "Waiting for a face."),
        Line.ONE: QCoreApplication.translate("Coaching", "One person at a time, please."),
        Line.NEXT: QCoreApplication.translate("Coaching", "Next traveller, please, or Space."),
        Line.SKIPPED: QCoreApplication.translate("Coaching", "The person who stood here was not searched."),
        Line.CHOOSE: QCoreApplication.translate("Coaching", "Several people: choose the traveller."),
        Line.BESIDE: QCoreApplication.translate(
            "Coaching", "Somebody else is in the picture now. The answer is about the person who was taken."
        ),
        Line.LEFT: QCoreApplication.translate("Coaching", "This traveller has left. Enter closes."),
        Line.ANOTHER: QCoreApplication.translate(
            "Coaching", "Somebody else stands there now. Enter closes the traveller before."
        ),
        Line.WHOSE: QCoreApplication.translate("Coaching", "Is this document this traveller's?"),
        Line.UNREAD: QCoreApplication.translate("Coaching", "The document is still being read. Enter again closes without it."),
        Line.UNSEARCHED: QCoreApplication.translate(
            "Coaching", "This traveller was not searched. Enter again lets the traveller go."
        ),
    }.get(line, "")


def advice(preview: Preview) -> str:
    """To the one person in the picture."""
    if preview.light is not None and preview.light.against_the_light:
        return said(AGAINST_THE_LIGHT)
    fix = preview.sightings[0].quality.fix if preview.sightings else None
    return (
        QCoreApplication.translate("Coaching", "Good. Hold still.")
        if fix is None
        else QCoreApplication.translate("Sentence", fix.value)
    )
