"""Exact and complete search over templates, with the account of what was compared.

Knows: vectors and their memory, neither faces nor people. Imports: nothing of ours but `matching.refusals`.
Gives: `gallery` (snapshots), `live` (entries that come and go), `index_file`, `canaries`, `engine`.
"""
