"""The auditor's view of the log.

Knows: entries as a timeline. Imports: widgets, words, threads.
Gives: `page`.
"""
