"""A flatbed scanner's folder: each new picture in it is one page, handed out once and then removed.

What must stay true: only a file that appeared while the folder was watched, was read whole and was handed out is removed,
because it shows a traveller's document and the scanner would keep it for ever. Everything else is left where it is, and said.
A file is looked at through no link, and its format is told by its first bytes.
"""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from matching.faces.images import MAX_BYTES, Image, decode
from matching.refusals import Refusal
from workstation.errors import OperatorError
from workstation.sentences import Sentence

PREFIX = "folder-watch:"
LOOK_SECONDS = 0.25
"""How often the folder is worth looking at."""
SETTLED_SECONDS = 0.5
"""A file whose size and time have not changed for so long may be whole."""
PATIENCE_SECONDS = 10.0
"""A file that cannot be decoded may still be written, slowly; after so long without a change it is called damaged."""
MOST_FILES = 500
_SIDE_FILES = {"thumbs.db", "desktop.ini"}
"""What file shares put beside pictures by themselves."""
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload")
_PDF = b"%PDF"


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """One page from the scanner."""

    image: Image
    name: str
    number: int
    remains: Sentence | None = None
    """Why the file is still in the folder, and what to do; None: it was removed."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it was seen: changed means that it is another one."""

    inode: int
    size: int
    written: int


@dataclass(frozen=True, slots=True)
class _Waiting:
    file: _File
    since: float
    why: str = ""
    """Why it could not be read so far; as long as it does not change, there is no use in trying again."""


def is_watched(spec: str) -> bool:
    return spec.strip().startswith(PREFIX)


def folder_of(spec: str) -> Path:
    """The folder in folder-watch:/path. OperatorError when it is not a whole path."""
    path = Path(spec.strip().removeprefix(PREFIX))
    if not path.is_absolute():
        raise OperatorError("Enter the scanner's folder as a whole path, for example folder-watch:/srv/scanner.")
    return path


def look_into(spec: str) -> Sentence:
    """What the folder holds now. OperatorError when it cannot be used; nothing is read or removed."""
    folder = folder_of(spec)
    try:
        with os.scandir(folder) as entries:
            count = sum(entry.is_file(follow_symlinks=False) for entry in entries)
    except OSError as error:
        raise OperatorError("{path} cannot be read: {why}.", path=folder, why=error.strerror or "") from error
    if not os.access(folder, os.W_OK):
        raise OperatorError(
            "Files in {path} cannot be removed after they are read. Give this program the right to.", path=folder
        )
    return Sentence(
        "The folder is there, with {count} files in it. Only what comes from now on is read; scan a page to see.",
        {"count": count},
    )


class WatchedFolder:
    """Call `look` every LOOK_SECONDS or so; the moments are the caller's, in monotonic seconds."""

    def __init__(self, folder: Path) -> None:
        self.name = f"scanner {folder.name}"
        self._folder = folder
        self._done: dict[str, _File] = {}
        """Handed out, refused or older than the watch: not to be looked at again unless it changes."""
        self._waiting: dict[str, _Waiting] = {}
        self._begun = False
        self._trouble = ""
        self._count = 0

    def look(self, now: float) -> tuple[Scan | OperatorError, ...]:
        """What is new: pages, and what went wrong, each once. Trouble with the folder itself is said when it begins."""
        try:
            files, odd = self._files()
        except OperatorError as trouble:
            first = self._trouble != trouble.template
            self._trouble = trouble.template
            self._waiting.clear()
            return (trouble,) if first else ()
        self._trouble = ""
        self._done = {name: file for name, file in self._done.items() if name in files}
        if not self._begun:
            self._begun = True
            older = files.items() - self._done.items()
            self._done = files
            return (_older(len(older)),) if older else ()
        said: list[Scan | OperatorError] = []
        waiting: dict[str, _Waiting] = {}
        for name, file in files.items():
            if self._done.get(name) == file:
                continue
            before = self._waiting.get(name)
            if before is None or before.file != file:
                before = _Waiting(file, now)
            found = _link(name) if name in odd else self._read_when_whole(name, before, now)
            if isinstance(found, _Waiting):
                waiting[name] = found
            else:
                self._done[name] = file
                said.append(found)
        self._waiting = waiting
        return tuple(said)

    def begin_anew(self) -> None:
        """What lies in the folder when it is looked at next came while nobody was there: it is said and not read."""
        self._begun = False
        self._waiting.clear()

    @property
    def trouble(self) -> bool:
        """Whether the folder itself could not be read when it was last looked at."""
        return bool(self._trouble)

    def _files(self) -> tuple[dict[str, _File], set[str]]:
        """The files in the folder by name, oldest first, and those among them that are links or no files at all."""
        try:
            with os.scandir(self._folder) as entries:
                found = [entry for entry in entries if not _ignored(entry.name)]
                if len(found) > MOST_FILES:
                    raise OperatorError(
                        "The scanner's folder {folder} holds {count} files. Choose a folder that only the scanner uses.",
                        folder=self._folder,
                        count=len(found),
                    )
                seen = []
                for entry in found:
                    try:
                        seen.append((entry.name, entry.stat(follow_symlinks=False)))
                    except FileNotFoundError:
                        continue  # the scanner renamed it meanwhile
        except (FileNotFoundError, NotADirectoryError) as error:
            raise OperatorError(
                "The scanner's folder {folder} is not there. Check the scanner's connection; it will resume by itself.",
                folder=self._folder,
            ) from error
        except OSError as error:
            raise OperatorError(
                "The scanner's folder {folder} cannot be read: {why}. Ask the administrator for access to it.",
                folder=self._folder,
                why=error.strerror or "",
            ) from error
        seen.sort(key=lambda each: (each[1].st_mtime_ns, each[0]))
        files = {name: _File(about.st_ino, about.st_size, about.st_mtime_ns) for name, about in seen}
        return files, {name for name, about in seen if not stat.S_ISREG(about.st_mode)}

    def _read_when_whole(self, name: str, waiting: _Waiting, now: float) -> Scan | OperatorError | _Waiting:
        """The page; or what is wrong with the file; or its waiting while it may still be written."""
        unchanged = now - waiting.since
        if waiting.file.size > MAX_BYTES:
            return OperatorError(
                "{name} has {size} MB; {most} MB at most are read. Set the scanner to 300 dpi and JPEG.",
                name=name,
                size=waiting.file.size // 2**20,
                most=MAX_BYTES // 2**20,
            )
        if waiting.why:
            wrong = OperatorError("{name} from the scanner: {why} Scan the page again.", name=name, why=waiting.why)
            return wrong if unchanged >= PATIENCE_SECONDS else waiting
        return self._opened(name, waiting, unchanged) if unchanged >= SETTLED_SECONDS else waiting

    def _opened(self, name: str, waiting: _Waiting, unchanged: float) -> Scan | OperatorError | _Waiting:
        try:
            data = self._bytes(name, waiting.file)
        except OSError as error:
            # Scanners and file shares lock a file while they write it: it is tried again until patience ends.
            why = error.strerror or ""
            wrong = OperatorError("{name} from the scanner cannot be read: {why}. Scan the page again.", name=name, why=why)
            return wrong if unchanged >= PATIENCE_SECONDS else waiting
        if data is None:
            return waiting
        if data.startswith(_PDF):
            return OperatorError("{name} is a PDF. Set the scanner to save JPEG, PNG or TIFF pictures.", name=name)
        try:
            image = decode(data)
        except Refusal as refusal:
            return _Waiting(waiting.file, waiting.since, str(refusal))
        self._count += 1
        return Scan(image, name, self._count, self._remove(name, waiting.file))

    def _bytes(self, name: str, file: _File) -> bytes | None:
        """All of the file; None when it is no longer the one that was seen. A link put in its place is not followed."""
        descriptor = os.open(self._folder / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as stream:
            about = os.fstat(stream.fileno())
            if not stat.S_ISREG(about.st_mode) or _File(about.st_ino, about.st_size, about.st_mtime_ns) != file:
                return None
            data = stream.read(MAX_BYTES + 1)
        return data if len(data) == file.size else None

    def _remove(self, name: str, file: _File) -> Sentence | None:
        """Why the file remains; None when it is gone. A newer file under the same name is left: it is the next page."""
        path = self._folder / name
        try:
            about = path.lstat()
            if _File(about.st_ino, about.st_size, about.st_mtime_ns) == file:
                path.unlink()
        except FileNotFoundError:
            return None
        except OSError as error:
            return Sentence(
                "{name} could not be removed from the scanner's folder: {why}. Delete it by hand; it shows a document.",
                {"name": name, "why": error.strerror or ""},
            )
        return None


def _ignored(name: str) -> bool:
    return name.startswith((".", "~")) or name.lower().endswith(_UNFINISHED) or name.lower() in _SIDE_FILES


def _link(name: str) -> OperatorError:
    return OperatorError(
        "{name} in the scanner's folder is a link or a folder and is not opened. Let the scanner save pictures only.", name=name
    )


def _older(count: int) -> OperatorError:
    return OperatorError(
        "The scanner's folder holds {count} older files, which are not read. Delete them; they may show documents.", count=count
    )
