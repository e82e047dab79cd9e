"""What anybody may know of a post, and whether its file still says so."""

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


def own_facts(folder: Path, facts: PostFacts, signing_key: Ed25519PrivateKey) -> tuple[Sentence, ...]:
    """A public key that is not the one of the post's own key was put there by somebody."""
    own = signed_notes.verifier_key(signed_notes.origin_of(facts.id), signing_key.public_key())
    if facts.public_key == own:
        return ()
    said = "The public key in {path} is not the one of this post's own key: one of the two was exchanged."
    return (Sentence(said, {"path": folder / FACTS}),)
