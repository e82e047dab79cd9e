"""From a page that lies still to the document of this traveller: by the document camera, or typed, or none.

Each page is read once: what still lies there when the next traveller comes waits until it is lifted.
"""

from PySide6.QtCore import QDate, QObject, Signal

from ui.document_panel import DocumentPanel, Sign
from workstation.travel_document import TravelDocument


class DocumentLane(QObject):
    taken = Signal(object)
    """The `TravelDocument` of the traveller in front."""

    def __init__(self, panel: DocumentPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self.reading = False
        """A page lies there and is about to be read."""

    def use(self, document: TravelDocument) -> None:
        self._panel.show_document(document, QDate.currentDate().toPython())  # type: ignore[arg-type] # the stubs say object
        self._panel.show_sign(Sign.TYPED)
        self.taken.emit(document)

    def without(self) -> None:
        self._panel.show_sign(Sign.WITHOUT)

    def next_traveller(self) -> None:
        self._panel.clear()
