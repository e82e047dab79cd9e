"""The `amaan` command, one module for each thing it is about."""
