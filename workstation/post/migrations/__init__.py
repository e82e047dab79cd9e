"""How the schema of a store came to be, one file a step. Each step can be taken back."""
