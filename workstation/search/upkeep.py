"""The life of the searched lists at a post: read once, kept in step, tested with canaries, and read again when in doubt."""

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from cryptography.exceptions import InvalidSignature

from matching.faces.encoding import Encoder
from matching.rates.scale import Scale
from matching.search import index_file
from matching.search.engine import engine
from matching.search.index_file import IndexRefused
from watchlists import register
from watchlists.register import Register
from workstation.post.post import Post
from workstation.search import lists as searchable
from workstation.search.lists import Searchable

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=15)
"""How often the canaries are searched and all memory is read through."""
_MANY = 1000
"""Changed records from which on reading everything again is quicker."""
INDEX = "index.amaan"
_SEALED = b"amaan index\n"
LOST = "A search no longer finds what it must find. Do not rely on it, and call the supervisor."
DAMAGED = "The memory of the lists is damaged. Restart the workstation; if it stays so, call the supervisor."


class Searching:
    """Belongs to the thread of its Desk."""

    def __init__(self, post: Post, encoder: Encoder, scale: Scale) -> None:
        self._post = post
        self._encoder = encoder
        self._scale = scale
        self._lists: Searchable | None = None
        self._register: Register | None = None
        self._tested_at: datetime | None = None
        self._mapped = False

    @property
    def kept(self) -> Searchable | None:
        return self._lists

    def lists(self, today: date, *, mapped: bool, progress: Callable[[int], None] = lambda _: None) -> Searchable:
        """The lists as they are to be searched today. `mapped`: the templates are kept in a file beside the store."""
        if self._lists is None or mapped != self._mapped:
            self._lists = self._read(today, progress, mapped=mapped)
            self._mapped = mapped
            self._tested_at = None
        elif self._lists.today != today:
            with self._post.store.reading() as session:
                self._lists.begin_day(session, today)
        return self._lists

    def register(self, today: date) -> Register:
        """The same lists as names and numbers see them."""
        if self._register is None:
            with self._post.store.reading() as session:
                self._register = register.load(session, today)
        elif self._register.today != today:
            self._register.begin_day(today)
        return self._register

    def changed(self, record_ids: Sequence[int]) -> None:
        """The store says something new of these records; the canaries are asked for again."""
        known, self._register = self._register, None
        if known is not None and len(record_ids) <= _MANY:
            with self._post.store.reading() as session:
                known.update(session, record_ids)
            self._register = known
        lists, self._lists = self._lists, None
        if lists is None or len(record_ids) > _MANY:
            return
        with self._post.store.reading() as session:
            lists.update(session, record_ids)
        self._lists = lists
        self._tested_at = None

    def forget(self) -> None:
        """Read everything again before the next search."""
        self._lists = self._register = None

    def test_when_due(self, now: datetime) -> dict[str, object] | None:
        """Search the canaries and read all memory when it is time to; what to log of it, or None."""
        lists = self._lists
        if lists is None or (self._tested_at is not None and timedelta(0) <= now - self._tested_at < EVERY):
            return None
        gallery = lists.live.gallery
        lost, damaged = lists.lost_canaries(), gallery.damaged()
        lists.fault = DAMAGED if damaged else LOST if lost else ""
        self._tested_at = now
        return {
            "lists": len(lists.list_versions),
            "lost": list(lost),
            "damaged": damaged,
            "snapshot": gallery.digest,
            "loops": "compiled" if engine.loops else "numpy",
        }

    def _read(self, today: date, progress: Callable[[int], None], *, mapped: bool) -> Searchable:
        path = self._post.folder / INDEX
        if not mapped:
            path.unlink(missing_ok=True)
            with self._post.store.reading() as session:
                return searchable.load(session, self._encoder, self._scale, today, progress)
        with self._post.store.reading() as session:
            content = searchable.content(session, self._encoder, self._scale, today)
            try:
                gallery = index_file.load(path, self._encoder.digest, content, self._is_sealed, mapped=True)
            except IndexRefused:
                lists = searchable.load(session, self._encoder, self._scale, today, progress)
                gallery = lists.live.gallery
                if not index_file.fits(gallery):
                    return lists
                try:
                    index_file.save(path, gallery, content, self._seal)
                    gallery = index_file.load(path, self._encoder.digest, content, self._is_sealed, mapped=True)
                except (OSError, IndexRefused):
                    log.exception("The index file cannot be kept; the templates are searched in memory.")
                    return lists
            return searchable.from_gallery(session, gallery, self._encoder, self._scale, today)

    def _seal(self, head: bytes) -> bytes:
        return self._post.signing_key.sign(_SEALED + head)

    def _is_sealed(self, head: bytes, seal: bytes) -> bool:
        try:
            self._post.signing_key.public_key().verify(seal, _SEALED + head)
        except InvalidSignature:
            return False
        return True
