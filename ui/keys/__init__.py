"""Keys: what they mean on each page, what a reader types with them, and which key a letter of another alphabet lies on.

Knows: scan codes, the speed of hands and readers. Imports: `workstation` for the form of a zone.
Gives: `table` (the keys of every page), `shortcuts`, `gate` (every key of the window passes it), `bursts`, `positions`.
"""
