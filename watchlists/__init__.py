"""Who is looked for, and why: records, their lists and their store. No Qt, no face code."""
