"""Parts of windows that know no page: tables, fields, pictures, the compare view, the theme.

Knows: how things look. Imports: `ui.words`.
Gives: widgets.
"""
