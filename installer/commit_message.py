"""Holds a commit message against CONTRIBUTING.md: python3 installer/commit_message.py FILE.

Exit code 1 and a sentence for each fault.

Without pre-commit: cp installer/commit_message.py .git/hooks/commit-msg and make it executable.
"""

import re
import sys
from pathlib import Path

SUBJECT, BODY = 50, 100
MADE_BY_GIT = ("Merge ", "Revert ", "fixup! ", "squash! ")
NOT_AN_ORDER = re.compile(r"\w+(?:ed|ing|[^s]s)$")
"""A first word that tells what was done or is being done, not what the commit does."""
ORDERS_ALL_THE_SAME = {"Feed", "Need", "Embed", "Speed", "Seed", "Shed", "Bring", "String", "Ping", "Ring", "Focus", "Bias"}
_CUT_BY_GIT = "\n# ------------------------ >8"


def faults(message: str) -> list[str]:
    """What is wrong with the message, one sentence each; lines that git ignores are ignored."""
    lines = [
        line.rstrip()
        for line in message.split("\n# ------------------------ >8", 1)[0].splitlines()
        if not line.startswith("#")
    ]
    subject, rest = (lines[0] if lines else ""), lines[1:]
    if subject.startswith(MADE_BY_GIT):
        return []
    found = []
    if not subject:
        found.append("The first line is empty. Say what the commit does.")
    if len(subject) > SUBJECT:
        found.append(f"The first line has {len(subject)} characters, and at most {SUBJECT} fit. Put the rest in the body.")
    if subject.endswith("."):
        found.append("The first line ends with a full stop. Leave it out.")
    if subject and not subject[0].isupper():
        found.append("The first line begins with a small letter.")
    first = subject.partition(" ")[0]
    if first not in ORDERS_ALL_THE_SAME and NOT_AN_ORDER.match(first):
        found.append(f"“{first}” tells what was done. Say what the commit does: Add, Refuse, Say, Keep.")
    if rest and rest[0]:
        found.append("The second line is not empty. Leave it so, and begin the body below.")
    if not any(line for line in rest):
        found.append("There is no body. Say why.")
    found += [f"A line of the body has {len(line)} characters. Break it at {BODY}." for line in rest if len(line) > BODY]
    return found


if __name__ == "__main__":
    told = faults(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(*told, sep="\n", file=sys.stderr)
    sys.exit(bool(told))
