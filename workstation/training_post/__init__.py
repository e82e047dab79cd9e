"""The training post: drawn people, known answers, public passwords. Never part of a real post."""
