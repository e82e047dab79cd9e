"""Lists that travel: reading what others send, saying what it would change, and writing what may leave.

Pure: bytes and values in, values out. No face is looked at here, no screen is known, and nothing is saved.
"""
