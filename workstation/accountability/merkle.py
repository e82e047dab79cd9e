"""The hash tree of RFC 9162, section 2.1, kept as its frontier: the roots of the perfect subtrees that an append can touch."""

import hashlib
from dataclasses import dataclass, field

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class Frontier:
    """`subtrees[h]` is the root of a perfect subtree of 2^h leaves, present where bit h of `size` is set."""

    size: int = 0
    subtrees: dict[int, bytes] = field(default_factory=dict)

    def append(self, leaf: bytes) -> None:
        carried, height = leaf_hash(leaf), 0
        while height in self.subtrees:
            carried = node_hash(self.subtrees.pop(height), carried)
            height += 1
        self.subtrees[height] = carried
        self.size += 1

    def root(self) -> bytes:
        """Root over all leaves so far; the smaller subtrees lie to the right."""
        heights = sorted(self.subtrees)
        if not heights:
            return EMPTY_ROOT
        root = self.subtrees[heights[0]]
        for height in heights[1:]:
            root = node_hash(self.subtrees[height], root)
        return root
