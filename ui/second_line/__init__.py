"""The second line: two faces on one eye line, the own view first, then the record.

Knows: the calm look at alerts and missing children. Imports: widgets, words, threads.
Gives: `page`, `children_page`.
"""
