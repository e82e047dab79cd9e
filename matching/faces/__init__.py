"""From pixels to a template: images, faces, quality, pose, and the networks.

Knows: what a picture shows and how good it is. Imports: nothing of ours but `matching.refusals`.
Gives: `finding`, `quality`, `encoding` and the types Image, Face, Template.
"""
