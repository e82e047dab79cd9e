"""Alert budgets: what they cost on both sides, before anything is saved.

Knows: forecasts. Imports: widgets, words, threads.
Gives: `page`.
"""
