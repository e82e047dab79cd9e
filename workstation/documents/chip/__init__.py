"""The contents of a document's chip, given as files: what they say, and whether a State signed just these contents."""
