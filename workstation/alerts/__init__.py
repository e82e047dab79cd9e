"""Alerts: candidates frozen as they were shown, their grounds, and what people said of them.

Knows: the tables of alerts and verdicts. Imports: `documents`, `capture`, `watchlists`.
Gives: `raising` (raise and read alerts), `grounds`, `closeness`, `verdicts`, `companions`.
"""
