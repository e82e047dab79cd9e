"""The signed statement of what one screening compared and what it did not; the post's public key checks it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from matching.search.gallery import Search
from workstation.search.lists import Searchable


class What(StrEnum):
    """What was searched for, or was to be."""

    FACE = "face"
    PORTRAIT = "document portrait"
    NAMES = "names"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Part:
    """A search beside that of the face: eligible = compared + excluded, or it is not complete."""

    what: What
    eligible: int
    compared: int
    excluded: Mapping[str, int]
    complete: bool
    faults: tuple[str, ...] = ()
    probe: str = ""
    """SHA-256 of the portrait's template; empty for names and numbers, which could be guessed from a digest."""
    checksum: str = ""
    nearest: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """Of the face first; without a face that was searched, its encoder, probe and snapshot are empty and its counts 0."""

    post: str
    at: str
    """ISO 8601, UTC."""
    encoder: str
    """Digest of the encoder unit."""
    probe: str
    """SHA-256 of the probe's template; the template itself is not in here."""
    threshold: float
    snapshot: str
    """Digest of the gallery snapshot that was searched."""
    list_versions: Mapping[str, int]
    """Version of each list by its id."""
    eligible: int
    compared: int
    excluded: Mapping[str, int]
    """Entries left out, by reason."""
    checksum: str
    """Folded by the search over the blocks that it read, equal to the snapshot's own when every block was read."""
    nearest: tuple[float, ...]
    """Distances of the nearest entries, ascending, without saying whose they are."""
    complete: bool
    faults: tuple[str, ...] = ()
    """Why it is not complete, where the search knows."""
    also: tuple[Part, ...] = ()
    """The other searches of the same screening; `complete` speaks of all of them."""
    not_searched: tuple[str, ...] = ()
    """What could not be searched for, and why: nothing was promised of it."""
    document: str = ""
    """How names and numbers came in: read, typed, or stated by the traveller; empty without a document."""
    signature: str = ""
    """Ed25519 of the post over `signed_part`, in hexadecimal."""

    @property
    def face_complete(self) -> bool:
        """Whether the search for the face was, whatever became of the others."""
        return not self.faults

    @property
    def all_faults(self) -> tuple[str, ...]:
        """Of the face's search and of the others."""
        return (*self.faults, *(fault for each in self.also for fault in each.faults))

    def signed_part(self) -> bytes:
        """Canonical JSON of everything but the signature."""
        parts = self.parts()
        del parts["signature"]
        return json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()

    def text(self) -> str:
        return json.dumps(self.parts(), sort_keys=True)

    def parts(self) -> dict[str, object]:
        """Without the fields of later versions where they say nothing: earlier signatures stay genuine."""
        parts = asdict(self)
        return {name: value for name, value in parts.items() if value or name not in {"also", "not_searched", "document"}}


def of(found: Search, lists: Searchable, now: datetime, post: str, *, in_step: bool) -> Receipt:
    """What one search says of itself. `in_step`: the lists have not changed since the snapshot that was searched."""
    step = () if in_step else ("the lists changed since they were read",)
    other = ("what was read is not what was built",) if not found.complete and not found.faults else ()
    faults = (*found.faults, *other, *step, *lists.faults)
    return Receipt(
        post=post,
        at=now.isoformat(timespec="milliseconds"),
        encoder=found.encoder,
        probe=found.probe,
        threshold=found.threshold,
        snapshot=found.snapshot,
        list_versions={str(name): version for name, version in lists.list_versions.items()},
        eligible=found.eligible,
        compared=found.compared,
        excluded=lists.excluded,
        checksum=found.checksum,
        nearest=found.nearest,
        complete=not faults,
        faults=faults,
    )


def without_face(lists: Searchable, now: datetime, post: str, why: str) -> Receipt:
    """The frame for searches without a face. `why`: what the face could not be searched for."""
    return Receipt(
        post=post,
        at=now.isoformat(timespec="milliseconds"),
        encoder="",
        probe="",
        threshold=0.0,
        snapshot="",
        list_versions={str(name): version for name, version in lists.list_versions.items()},
        eligible=0,
        compared=0,
        excluded={},
        checksum="",
        nearest=(),
        complete=True,
        not_searched=(f"{What.FACE}: {why}",),
    )


def with_parts(receipt: Receipt, parts: Sequence[Part]) -> Receipt:
    """The receipt with what else was searched, complete only if all of it was."""
    return replace(receipt, also=tuple(parts), complete=receipt.complete and all(each.complete for each in parts))


def sign(receipt: Receipt, key: Ed25519PrivateKey) -> Receipt:
    return replace(receipt, signature=key.sign(receipt.signed_part()).hex())


def read(text: str) -> Receipt:
    """The receipt that `Receipt.text` gave. ValueError or TypeError when it is not one."""
    parts = json.loads(text)
    also = tuple(
        Part(**(each | {"what": What(each["what"]), "faults": tuple(each["faults"]), "nearest": tuple(each["nearest"])}))
        for each in parts.get("also", ())
    )
    lists = {name: tuple(parts.get(name, ())) for name in ("nearest", "faults", "not_searched")}
    return Receipt(**(parts | lists | {"also": also}))


def is_genuine(receipt: Receipt, key: Ed25519PublicKey) -> bool:
    """Whether the post with this public key signed exactly this receipt."""
    try:
        key.verify(bytes.fromhex(receipt.signature), receipt.signed_part())
    except (InvalidSignature, ValueError):
        return False
    return True
