"""Which distance makes a candidate: alert budgets, thresholds, the post's own travellers, forecasts.

Knows: rates and counts, never a picture. Imports: `alerts`, `matching.rates`.
Gives: `thresholds` (the distances in force), `forecast`, `causes`.
"""
