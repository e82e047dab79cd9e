"""Lists come in and go out: dry run, photographs in the background, one transaction, one entry; and what may leave.

Knows: who acts, the store and the log; how a photograph becomes a portrait. Imports: post, search, capture, accountability.
Gives: `Importing` and `Exporting`, which a Desk has.
"""
