"""The single face of the post towards windows and commands: one short method for each thing a person can do.

Knows: every wing below it. Imports: all of them.
Gives: `Desk`, and what an act returns.
"""
