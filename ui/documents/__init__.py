"""The page on which a document is read or typed without a traveller.

Knows: the zone's lines. Imports: widgets, words, threads.
Gives: `page`, and `entry`, which the counter shows too.
"""
