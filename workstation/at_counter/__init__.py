"""Who stands at the counter, whose page lies there and what the officer meant: facts, and no coincidences of timing.

Knows: one state, what happens to it, what is to be done, the line that is true. Imports: `capture` (a sighting) and `matching`.
Gives: `step` (a state and a happening to the next state), `saying` (the line), `traveller.left_out`, `known_faces`.
"""
