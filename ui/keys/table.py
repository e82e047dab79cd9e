"""Every key of the program, in one table: where it works, what it does, and who may. The pages take their keys from here."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QKeySequence

from workstation.post.access import Act


class Place(StrEnum):
    """Where a key works; as the tab of the page says it."""

    COUNTER = "Counter"
    BY_HAND = "Document by hand"
    DOCUMENT = "Document"
    SECOND_LINE = "Second line"
    CHILDREN = "Missing children"
    RECORDS = "Records"
    FORMS = "Records, forms"
    PEOPLE = "People"
    LOG = "Log"
    EVERYWHERE = "Everywhere"


@dataclass(frozen=True, slots=True)
class Key:
    place: Place
    keys: tuple[str, ...]
    """As QKeySequence reads them; any of them."""
    meaning: str
    """English; `words` says it in the person's language."""
    act: Act | None = None
    """What the role must allow, where not everybody who sees the page may."""

    @property
    def words(self) -> str:
        return QCoreApplication.translate("Keys", self.meaning)

    @property
    def shown(self) -> str:
        """The key as the keyboard names it; a run of digits as its ends."""
        if len(self.keys) > 2 and self.keys[0][-1].isdigit():
            return QCoreApplication.translate("Keys", "{first} to {last}").format(first=self.keys[0], last=self.keys[-1])
        named = (
            QKeySequence(each).toString(QKeySequence.SequenceFormat.NativeText) for each in self.keys if "Return" not in each
        )
        return QCoreApplication.translate("Keys", " or ").join(named)


def _T(context: str, words: str) -> str:
    """Marked for translation here, translated where it is shown."""
    return str(QT_TRANSLATE_NOOP(context, words))


_DIGITS = tuple("123456789")
KEYS: tuple[Key, ...] = (
    Key(Place.COUNTER, ("Space",), _T("Keys", "take the picture")),
    Key(Place.COUNTER, ("Return", "Enter"), _T("Keys", "close the traveller")),
    Key(Place.COUNTER, ("R",), _T("Keys", "take another picture")),
    Key(Place.COUNTER, ("Esc",), _T("Keys", "back")),
    Key(Place.COUNTER, ("S",), _T("Keys", "go to the second line"), Act.REVIEW),
    Key(Place.COUNTER, _DIGITS, _T("Keys", "choose a face, or why no picture is possible")),
    Key(Place.COUNTER, ("H",), _T("Keys", "height of the guide: standing, seated, a child")),
    Key(Place.COUNTER, ("D",), _T("Keys", "type the document, or look at its marks")),
    Key(Place.COUNTER, ("N",), _T("Keys", "the traveller has no document")),
    Key(Place.COUNTER, ("P",), _T("Keys", "no picture is possible")),
    Key(Place.COUNTER, ("G",), _T("Keys", "travellers who travel together")),
    Key(Place.COUNTER, ("Y",), _T("Keys", "yes, the document is this traveller's; N: no")),
    Key(Place.COUNTER, ("L",), _T("Keys", "the last travellers at this counter")),
    Key(Place.COUNTER, ("Ctrl+Z",), _T("Keys", "take a closing back")),
    Key(Place.COUNTER, ("Ctrl+O",), _T("Keys", "open a picture")),
    Key(Place.COUNTER, ("Ctrl+V",), _T("Keys", "paste a picture")),
    Key(Place.BY_HAND, ("Ctrl+Return", "Ctrl+Enter"), _T("Keys", "use what is typed for this traveller")),
    Key(Place.BY_HAND, ("Ctrl+Backspace",), _T("Keys", "empty the lines")),
    Key(Place.BY_HAND, ("Alt+L",), _T("Keys", "type the lines of the zone")),
    Key(Place.BY_HAND, ("Alt+F",), _T("Keys", "type the fields, or no document")),
    Key(Place.DOCUMENT, ("Ctrl+O",), _T("Keys", "open a picture of a page")),
    Key(Place.DOCUMENT, ("Ctrl+V",), _T("Keys", "paste a picture")),
    Key(Place.DOCUMENT, ("Ctrl+R",), _T("Keys", "read what lies under the document camera")),
    Key(Place.DOCUMENT, ("Ctrl+K",), _T("Keys", "files of a chip")),
    Key(Place.SECOND_LINE, ("N",), _T("Keys", "next candidate")),
    Key(Place.SECOND_LINE, ("P",), _T("Keys", "previous candidate")),
    Key(Place.SECOND_LINE, ("T",), _T("Keys", "another picture of the traveller or the document")),
    Key(Place.SECOND_LINE, ("F",), _T("Keys", "flicker")),
    Key(Place.SECOND_LINE, ("O",), _T("Keys", "overlay")),
    Key(Place.SECOND_LINE, ("G",), _T("Keys", "grey")),
    Key(Place.SECOND_LINE, ("+", "="), _T("Keys", "closer")),
    Key(Place.SECOND_LINE, ("-",), _T("Keys", "farther")),
    Key(Place.SECOND_LINE, ("0",), _T("Keys", "as at first")),
    Key(Place.SECOND_LINE, ("[", "]"), _T("Keys", "less and more of the reference")),
    Key(Place.SECOND_LINE, _DIGITS[:8], _T("Keys", "the features of the face: alike, differs, unseen")),
    Key(Place.SECOND_LINE, ("Q", "W", "E", "R"), _T("Keys", "name, date of birth, document number, its portrait")),
    Key(Place.SECOND_LINE, ("Ctrl+L",), _T("Keys", "your view: lead")),
    Key(Place.SECOND_LINE, ("Ctrl+D",), _T("Keys", "your view: not this person")),
    Key(Place.SECOND_LINE, ("Ctrl+T",), _T("Keys", "your view: cannot tell")),
    Key(Place.CHILDREN, ("Ctrl+Space",), _T("Keys", "take the camera's picture")),
    Key(Place.CHILDREN, ("Ctrl+O",), _T("Keys", "choose a picture")),
    Key(Place.CHILDREN, ("N",), _T("Keys", "next child")),
    Key(Place.CHILDREN, ("P",), _T("Keys", "previous child")),
    Key(Place.CHILDREN, ("F",), _T("Keys", "flicker")),
    Key(Place.CHILDREN, ("O",), _T("Keys", "overlay")),
    Key(Place.CHILDREN, ("G",), _T("Keys", "grey")),
    Key(Place.CHILDREN, ("+", "="), _T("Keys", "closer")),
    Key(Place.CHILDREN, ("-",), _T("Keys", "farther")),
    Key(Place.CHILDREN, ("0",), _T("Keys", "as at first")),
    Key(Place.CHILDREN, ("[", "]"), _T("Keys", "less and more of the reference")),
    Key(Place.RECORDS, ("Ctrl+F",), _T("Keys", "search; Down goes to what is found")),
    Key(Place.RECORDS, ("Ctrl+N",), _T("Keys", "new record"), Act.CHANGE_RECORDS),
    Key(Place.RECORDS, ("Ctrl+Shift+N",), _T("Keys", "new list"), Act.CHANGE_LISTS),
    Key(Place.RECORDS, ("Ctrl+E",), _T("Keys", "amend the record"), Act.CHANGE_RECORDS),
    Key(Place.RECORDS, ("Ctrl+I",), _T("Keys", "import a list"), Act.CHANGE_RECORDS),
    Key(Place.FORMS, ("Ctrl+Shift+O",), _T("Keys", "import a list: choose a folder"), Act.CHANGE_RECORDS),
    Key(Place.FORMS, ("Ctrl+Shift+S",), _T("Keys", "import a list: take the accepted ones"), Act.CHANGE_RECORDS),
    Key(Place.FORMS, ("Ctrl+.",), _T("Keys", "import a list: stop"), Act.CHANGE_RECORDS),
    Key(Place.RECORDS, ("F7",), _T("Keys", "add photographs"), Act.CHANGE_RECORDS),
    Key(Place.RECORDS, ("F8",), _T("Keys", "withdraw the record"), Act.CHANGE_RECORDS),
    Key(Place.FORMS, ("Ctrl+S",), _T("Keys", "save"), Act.CHANGE_RECORDS),
    Key(Place.FORMS, ("Esc",), _T("Keys", "back; what is typed stays"), Act.CHANGE_RECORDS),
    Key(Place.FORMS, ("Ctrl+O",), _T("Keys", "choose photographs"), Act.CHANGE_RECORDS),
    Key(Place.FORMS, ("Ctrl+Shift+V",), _T("Keys", "paste a photograph"), Act.CHANGE_RECORDS),
    Key(Place.PEOPLE, ("F4",), _T("Keys", "unlock the login")),
    Key(Place.PEOPLE, ("F6",), _T("Keys", "change the role"), Act.CHANGE_PEOPLE),
    Key(Place.PEOPLE, ("F7",), _T("Keys", "reset the password"), Act.CHANGE_PEOPLE),
    Key(Place.PEOPLE, ("F8",), _T("Keys", "let the person go"), Act.CHANGE_PEOPLE),
    Key(Place.PEOPLE, ("Esc",), _T("Keys", "back; nothing is changed")),
    Key(Place.PEOPLE, ("Ctrl+S",), _T("Keys", "add the person"), Act.CHANGE_PEOPLE),
    Key(Place.LOG, ("Ctrl+F",), _T("Keys", "search; Down goes to what is found")),
    Key(Place.LOG, ("F5",), _T("Keys", "verify the whole log")),
    Key(Place.LOG, ("Ctrl+E",), _T("Keys", "export the log")),
    Key(Place.EVERYWHERE, tuple(f"Ctrl+{number}" for number in (*_DIGITS, "0")), _T("Keys", "pages")),
    Key(Place.EVERYWHERE, ("F1",), _T("Keys", "these keys")),
    Key(Place.EVERYWHERE, ("F9",), _T("Keys", "stop waiting for an answer")),
    Key(Place.EVERYWHERE, ("F10",), _T("Keys", "lock")),
    Key(Place.EVERYWHERE, ("F11",), _T("Keys", "your own password")),
)


def keys_at(*places: Place) -> tuple[Key, ...]:
    return tuple(each for each in KEYS if each.place in places)
