"""Why a process of ours ended, in a sentence with the remedy: for one that cannot start here, or stops again and again."""

import signal

from workstation.errors import OperatorError

GIGABYTES = 3
"""Of memory that a machine should have: the window with all three processes takes 2 (README, Numbers)."""


def why_it_cannot_run(name: str, code: int | None) -> OperatorError:
    """`code` is the exit code as multiprocessing tells it: negative for a signal, None for a process that hangs."""
    if code is None:
        return OperatorError(
            "The {name} process does not answer. The computer is too busy: close other programs, and try again.", name=name
        )
    if code == -signal.SIGILL:
        return OperatorError(
            "The processor of this computer lacks instructions that the {name} process needs (AVX). Use a computer with AVX.",
            name=name,
        )
    if code in {-signal.SIGKILL, -signal.SIGBUS}:
        return OperatorError(
            "The system ended the {name} process, most likely for want of memory. Amaan needs {gigabytes} GB: close other "
            "programs, or use a computer with more memory.",
            name=name,
            gigabytes=GIGABYTES,
        )
    return OperatorError(
        "The {name} process cannot run on this computer (it ended with {code}). Install the program again.",
        name=name,
        code=code,
    )
