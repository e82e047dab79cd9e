"""What cameras give, and what may be said of it before anything is searched.

Knows: frames, faces in them, exposure, hands, screens held up. Imports: `matching`, nothing of the post.
Gives: `camera`, `face_reader` and `face_process` (faces read here or in a process of their own), `remarks`, `no_photo`.
"""
