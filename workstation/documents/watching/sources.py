"""Which source gives documents: a camera or stream, whose frames are watched for a page, or a scanner's folder."""

from collections.abc import Callable
from functools import partial

from workstation.capture.camera import Source, open_source
from workstation.documents.watching.watched_folder import WatchedFolder, folder_of, is_watched

Pages = WatchedFolder | Callable[[], Source]
"""A scanner's folder, or what opens a camera and opens it again when it was lost."""


def pages_of(spec: str, open_it: Callable[[str], Source] = open_source) -> Pages | None:
    """What `Settings.document_source` names, None for none; `open_it` opens what is no folder of a scanner.

    OperatorError for a folder without a whole path.
    """
    if not spec.strip():
        return None
    if is_watched(spec):
        return WatchedFolder(folder_of(spec))
    return partial(open_it, spec.strip())
