"""Why a list exists. A purpose never changes what a face looks like, only what people are asked to do."""

from enum import StrEnum


class Purpose(StrEnum):
    PROTECT = "PROTECT"
    """Missing, child, victim: calm words, protection first, never a suspicion."""
    REFER = "REFER"
    """Wanted: follow the procedure of the record."""
    DOCUMENT = "DOCUMENT"
    """Lost, stolen or forged document."""
    INFORM = "INFORM"
    """Discreet: note, and tell the owner."""
