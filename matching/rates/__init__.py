"""What a distance means: cohorts, calibration tables, rates of error with their bands, and the numbers that ship.

Knows: distances and counts, neither pictures nor records. Imports: nothing of ours but `matching.refusals`.
Gives: `scale` (from raw to normalised), `calibration` (from distance to rate), `evaluation` (rates of ISO/IEC 19795-1).
"""
