"""Faces, templates and exact search: pixels in, candidates out. No Qt, no database, no clock, no network."""
