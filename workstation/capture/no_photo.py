"""Why no photograph of a traveller can be taken: a closed list, each with what to do instead.

It is a path like any other, and never a ground for referral: the search by name and number goes on, the officer compares the
portrait by eye, and the answer is what it would be without a face.
"""

from dataclasses import dataclass
from enum import StrEnum

from workstation.errors import OperatorError
from workstation.sentences import Sentence

MOST_WORDS = 200


class NoPhoto(StrEnum):
    """In the order in which they are offered."""

    DRESSING = "injury or medical dressing"
    VEIL = "face covered for religious reasons, private room not free"
    INFANT = "infant asleep or too small"
    CANNOT_POSE = "cannot face the camera"
    """A disability, a stretcher, a tremor: whatever keeps a person from sitting or standing still before it."""
    DECLINED = "declined where the law allows it"
    CAMERA = "camera fault"
    OTHER = "another reason"


INSTEAD = {
    NoPhoto.DRESSING: Sentence("Do not ask to remove a dressing. Compare what can be seen with the document by eye."),
    NoPhoto.VEIL: Sentence(
        "Offer a private room and an officer whom the traveller accepts. Until then go on with the document alone."
    ),
    NoPhoto.INFANT: Sentence("Let the child sleep. Go on with the document and with who travels along."),
    NoPhoto.CANNOT_POSE: Sentence("Compare with the document by eye, where the traveller is. Nothing is to be proved."),
    NoPhoto.DECLINED: Sentence("Say what the photograph is for and how soon it is erased. Go on with the document alone."),
    NoPhoto.CAMERA: Sentence("Go on with the document alone, and tell the supervisor that the camera failed."),
    NoPhoto.OTHER: Sentence("Go on with the document alone."),
}
"""What to do instead, for each reason."""
NOT_SEARCHED = Sentence("The face was not searched: {reason}. This is no reason to stop anybody.")


@dataclass(frozen=True, slots=True)
class WithoutPhoto:
    """What the officer chose."""

    reason: NoPhoto
    words: str = ""
    """For OTHER, in the officer's words; empty for every other reason, so that nobody's injury is described here."""

    @property
    def text(self) -> str:
        """As the screening and its log keep it."""
        return self.words or self.reason.value

    @property
    def sentence(self) -> Sentence:
        """As a reason of the answer."""
        return Sentence(NOT_SEARCHED.template, {"reason": self.text})

    @property
    def instead(self) -> Sentence:
        return INSTEAD[self.reason]


def without_photo(reason: NoPhoto, words: str = "") -> WithoutPhoto:
    """OperatorError when another reason has no words, or too many, or a reason of the list has any."""
    told = " ".join(words.split())
    if reason is NoPhoto.OTHER and not told:
        raise OperatorError("Say in a few words why no photograph can be taken.")
    if reason is not NoPhoto.OTHER and told:
        raise OperatorError("“{reason}” says enough. Leave the words empty, or choose another reason.", reason=reason.value)
    if len(told) > MOST_WORDS:
        raise OperatorError("Say it in at most {most} characters.", most=MOST_WORDS)
    return WithoutPhoto(reason, told)
