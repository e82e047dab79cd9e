"""Makers of the numbers that ship: run by hand, imported by nothing.

Knows: the renderer and the bench. Imports: anything below the desk.
Gives: files.
"""
