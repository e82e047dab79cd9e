"""Who signed the contents of a chip: CMS, certificates, curves, revocation, and the chain to a State.

Knows: ICAO Doc 9303 part 11 and 12. Imports: `chip.tlv`, the travel document's States, sentences.
Gives: `trust` (the certificates of the post), `chain` and `signed`.
"""
