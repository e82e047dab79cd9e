"""The traveller in front of the counter, as far as the officer has got: picture, document, answer. Gone when they are closed."""

from dataclasses import dataclass

from matching.faces.finding import Face
from matching.faces.images import Image
from workstation.capture.face_reader import Sighting
from workstation.capture.no_photo import WithoutPhoto
from workstation.documents.travel_document import TravelDocument
from workstation.screening.screening import Screened
from workstation.sentences import Sentence


@dataclass(slots=True, eq=False)
class InFront:
    taken: tuple[Image, str] | None = None
    """The picture and where it came from."""
    others: tuple[tuple[Image, Face], ...] = ()
    """Further frames of the same moment."""
    faces: tuple[Sighting, ...] = ()
    chosen: Face | None = None
    by_hand: bool = False
    document: TravelDocument | None = None
    no_photo: WithoutPhoto | None = None
    """Why no picture of this traveller is possible."""
    notes: tuple[Sentence, ...] = ()
    """What was noticed while the pictures were taken."""
    screened: Screened | None = None
    earlier: int | None = None
    """The screening of this traveller that the next one takes the place of."""

    @property
    def begun(self) -> bool:
        """Whether anything of this traveller is held."""
        return self.taken is not None or self.document is not None or self.screened is not None or self.no_photo is not None

    def again(self) -> "InFront":
        """The same traveller, of whom another picture is taken."""
        return InFront(document=self.document, earlier=self.earlier)
