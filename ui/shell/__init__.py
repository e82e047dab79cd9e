"""The window around the pages: start, sign-in, tabs, status line, settings, people.

Knows: every page. Imports: all of `ui`.
Gives: `app.open_workstation`.
"""
