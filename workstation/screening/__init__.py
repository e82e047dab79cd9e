"""One traveller, from face and document to one answer.

Knows: how the grounds of face, portrait, name and number are put together. Imports: `search`, `alerts`, `operating_point`.
Gives: `screening` (the answer), `face_search`, `gathering`, `portrait_comparison`, `second_opinion`.
"""
