"""What anybody may know of a post, and whether its file still says so."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workstation.accountability import signed_notes
from workstation.sentences import Sentence

FACTS = "post.json"


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What anybody may know of a post."""

    id: str
    name: str
    training: bool
    created_at: str
    public_key: str
    """Verifier key of the post's checkpoints and receipts, as a signed note's reader takes it."""


def own_facts(folder: Path, facts: PostFacts, signing_key: Ed25519PrivateKey, signed: str) -> tuple[Sentence, ...]:
    """What somebody put into the file of facts: a public key that is not of the post's own key, or any other change.

    `signed`: SHA-256 of the file as the last checkpoint says it; empty when it says nothing.
    """
    found = []
    own = signed_notes.verifier_key(signed_notes.origin_of(facts.id), signing_key.public_key())
    if facts.public_key != own:
        found.append("The public key in {path} is not the one of this post's own key: one of the two was exchanged.")
    elif signed and hashlib.sha256((folder / FACTS).read_bytes()).hexdigest() != signed:
        found.append("The facts of the post in {path} are not those that were signed.")
    return tuple(Sentence(said, {"path": folder / FACTS}) for said in found)
