"""A post on disk: its facts, sealed keys, store and people, and what every act at it needs.

Knows: the folder, the store's schema history (`migrations`), roles and rights. Imports: `accountability`.
Gives: `post` (create, open), `store`, `access` (people and rights), `acting` (who sits there, one transaction, one entry).
"""
