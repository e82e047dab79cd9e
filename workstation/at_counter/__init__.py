"""Who stands at the counter, whose page lies there, and what the officer meant: facts, and no coincidences of timing."""
