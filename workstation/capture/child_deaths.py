"""Why a process of ours ended, in a sentence with the remedy: for one that cannot start here, or stops again and again."""

import signal

from workstation.errors import OperatorError

GIGABYTES = 4
"""Of memory that a machine should have: all processes together held 2.0 while the screens were drawn."""


READERS = {"looking": "face reader", "glancing": "face reader", "reading": "page reader"}
"""What people call the processes."""


def why_it_cannot_run(name: str, code: int | None) -> OperatorError:
    """`code` is the exit code as multiprocessing tells it: negative for a signal, None for a process that hangs."""
    reader = READERS.get(name, f"{name} process")
    if code is None:
        return OperatorError(
            "The {reader} does not answer. The computer is too busy: close other programs, and try again.", reader=reader
        )
    if code == -signal.SIGILL:
        return OperatorError(
            "The processor of this computer lacks instructions that the {reader} needs (AVX). Use a computer with AVX.",
            reader=reader,
        )
    if code in {-signal.SIGKILL, -signal.SIGBUS}:
        return OperatorError(
            "The system ended the {reader}, most likely for want of memory. Amaan needs {gigabytes} GB: close other "
            "programs, or use a computer with more memory.",
            reader=reader,
            gigabytes=GIGABYTES,
        )
    return OperatorError(
        "The {reader} cannot run on this computer (it ended with {code}). Install the program again.",
        reader=reader,
        code=code,
    )
