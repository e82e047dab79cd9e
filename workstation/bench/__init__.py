"""The bench: photographs of known people read in processes, rates, calibrations, reports.

Knows: folders of photographs. Imports: `capture` for its processes, `matching`.
Gives: `measuring`, `calibrating`, `evaluating`, `reports`, `plots`.
"""
