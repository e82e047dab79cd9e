"""Calm work behind the counter.

Knows: alerts and the lists. Imports: `alerts`, `search`, `operating_point`.
Gives: `investigation` (the nearest missing children).
"""
