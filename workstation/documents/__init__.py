"""Travel documents: what a page, a zone, its print, its portrait and its chip say, and whether they agree.

Knows: ICAO Doc 9303. Imports: `capture` and `matching`; of the lists only how names and numbers are written.
Gives: `travel_document`, `reading` (a page to a document), `evidence` (what of it is searched and kept).
"""
