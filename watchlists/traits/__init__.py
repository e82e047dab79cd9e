"""Names, birth dates and numbers: how they are written, and when two of them agree.

Knows: alphabets, sounds, the name rule. Imports: nothing of ours, and no database.
Gives: `name_rule`, `name_index` (finds exactly what the rule finds), `numbers`, `births`, `transliteration`.
"""
