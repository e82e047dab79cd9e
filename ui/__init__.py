"""Windows. The only package that imports PySide6; it speaks to the post through the Desk alone."""
