"""The program's own terms as a person reads them, through translation.

Knows: sentences. Imports: types of `workstation` and `watchlists`.
Gives: a function for each term.
"""
