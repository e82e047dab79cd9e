"""Records and lists: finding, adding, amending, photographs.

Knows: the administrator's work. Imports: widgets, words, threads.
Gives: `page`.
"""
