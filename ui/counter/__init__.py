"""The counter: live picture, one line, one answer, the document.

Knows: the officer at the counter. Imports: `ui.documents`, widgets, words, threads.
Gives: `page`.
"""
