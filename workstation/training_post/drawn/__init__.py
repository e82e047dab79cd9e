"""What the training post is drawn with: people, faces, documents, and photographs of them.

Knows: seeds. Imports: `matching.faces`, the zone's grammar.
Gives: `people`, `drawing`, `documents`, `photographing`.
"""
