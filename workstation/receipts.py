"""The signed statement of what one search compared and what it did not; the post's public key checks it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from matching.gallery import Search
from workstation.searchable import Searchable


@dataclass(frozen=True, slots=True)
class Receipt:
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
    signature: str = ""
    """Ed25519 of the post over `signed_part`, in hexadecimal."""

    def signed_part(self) -> bytes:
        """Canonical JSON of everything but the signature."""
        parts = self.parts()
        del parts["signature"]
        return json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()

    def text(self) -> str:
        return json.dumps(self.parts(), sort_keys=True)

    def parts(self) -> dict[str, object]:
        return asdict(self)


def of(found: Search, lists: Searchable, now: datetime, post: str, *, in_step: bool) -> Receipt:
    """What one search says of itself. `in_step`: the lists have not changed since the snapshot that was searched."""
    step = () if in_step else ("the lists changed since they were read",)
    faults = (*found.faults, *step, *((lists.fault,) if lists.fault else ()))
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
        complete=found.complete and not faults,
        faults=faults,
    )


def sign(receipt: Receipt, key: Ed25519PrivateKey) -> Receipt:
    return Receipt(**(asdict(receipt) | {"signature": key.sign(receipt.signed_part()).hex()}))


def read(text: str) -> Receipt:
    """The receipt that `Receipt.text` gave. ValueError or TypeError when it is not one."""
    parts = json.loads(text)
    return Receipt(**(parts | {"nearest": tuple(parts["nearest"]), "faults": tuple(parts["faults"])}))


def is_genuine(receipt: Receipt, key: Ed25519PublicKey) -> bool:
    """Whether the post with this public key signed exactly this receipt."""
    try:
        key.verify(bytes.fromhex(receipt.signature), receipt.signed_part())
    except (InvalidSignature, ValueError):
        return False
    return True
