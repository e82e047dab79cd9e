"""Which attack on a post is found by whom: python -m benchmarks.attacks > docs/attacks.md

Each attack of tests/workstation/accountability/attacks.py is made on a copy of one post and looked for by opening it, by the
stand-alone verifier on an export, and in the log; what the table says is what this run found.
"""

import contextlib
import io
import shutil
import tempfile
from pathlib import Path

from tests.fakes import NumberedFaces
from tests.workstation.accountability.attacked_post import Made, made
from tests.workstation.accountability.attacks import ATTACKS, Finder
from tests.workstation.conftest import Clock
from workstation.accountability import audit_verifier, log
from workstation.accountability.acts import Deed
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.post.post import open_post


def finders(copy: Made, home: Path) -> tuple[set[Finder], str]:
    """Who finds it, and what is said first."""
    try:
        post = open_post(copy.folder)
    except OperatorError as refusal:
        return {Finder.REFUSED}, str(refusal)
    found, said = set(), ""
    if post.faults:
        found.add(Finder.OPENING)
        said = str(post.faults[0])
    post.export_audit(home / "export.jsonl", whole=True)
    with contextlib.redirect_stdout(io.StringIO()) as told:
        if audit_verifier.main([str(home / "export.jsonl"), "--key", copy.key]) == 1:
            found.add(Finder.VERIFIER)
            said = said or told.getvalue().splitlines()[0]
    Desk(post, NumberedFaces(), Clock())
    with post.store.reading() as session:
        if any(entry.act == Deed.IN_FORCE_CHANGED for entry in log.entries(session, limit=3)):
            found.add(Finder.ENTRY)
            said = said or "What is in force changed."
    post.close()
    return found, said


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "base").mkdir()
        base = made(Path(place) / "base")
        kept = Path(place) / "kept"
        shutil.copytree(base.elsewhere, kept)
        rows = []
        for number, (name, attack) in enumerate(ATTACKS.items()):
            home = Path(place) / str(number)
            shutil.copytree(base.folder, home / "post")
            shutil.copytree(base.folder.parent / "elsewhere-early", home / "elsewhere-early")
            shutil.copytree(kept, base.elsewhere, dirs_exist_ok=True)
            copy = Made(home / "post", base.early, base.other, base.elsewhere, base.key)
            attack.how(copy.folder, copy)
            found, said = finders(copy, home)
            by = ", ".join(each for each in Finder if each in found) or "nobody on one machine"
            if Finder.COPY in attack.finders:
                by += " (by the second copy alone)"
            rows.append(f"| {name} | {by} | {said.replace(str(home), '…').replace('|', ' ')} |")
            shutil.rmtree(home)
    missed = sum("nobody" in row for row in rows)
    print("# Attacks on a post, and who finds each\n")
    print("Made by somebody with the post's folder and its keys, on a closed post: plain SQL past the triggers, bytes, swaps,")
    print(f"rollback, forged checkpoints, clock. {len(rows)} attacks, {len(rows) - missed} found.")
    print("Made by `benchmarks/attacks.py`.\n")
    print("| attack | found by | said first |\n|---|---|---|")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
