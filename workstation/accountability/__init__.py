"""The log that cannot be changed unseen: entries, the Merkle tree over them, signed checkpoints.

Knows: entries and proofs, not what they tell of. Imports: schema, sentences and errors alone.
Gives: `log` (append, read, verify, export), `signed_notes`, and `audit_verifier`, which stands alone.
"""
