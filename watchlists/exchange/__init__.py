"""Lists that travel: reading what others send, saying what it would change, and writing what may leave.

Pure: bytes and values in, values out. No face is looked at, no screen is known, nothing is saved. Imports: records, traits.
Gives: `read_delivery`, `Comparison`, and the forms that leave.
"""
