"""Records and their versions on lists with a purpose.

Knows: the tables of `schema` and what may change in them. Imports: `watchlists.traits`.
Gives: `records` (what a record is), `changes` (every change), `reading` (what is on the lists now).
"""
