"""The machine-readable zone as text: five forms, check digits, dates, States, typing.

Knows: ICAO Doc 9303 parts 3 to 7. Imports: sentences and errors.
Gives: `mrz.parse` and its parts.
"""
