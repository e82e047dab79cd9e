"""Whether this computer's processor has what dlib was compiled for. Without it dlib ends the process without a word."""

from pathlib import Path

from matching.refusals import Refusal

NEEDED = "avx"
CPUINFO = Path("/proc/cpuinfo")


class ProcessorRefused(Refusal):
    """The processor lacks an instruction set."""


def check_processor(cpuinfo: Path = CPUINFO) -> None:
    """ProcessorRefused when the system tells its processor's instruction sets and AVX is not among them."""
    try:
        told = cpuinfo.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return  # another system, which does not tell
    flags = next((line.partition(":")[2].split() for line in told.splitlines() if line.startswith("flags")), None)
    if flags is not None and NEEDED not in flags:
        raise ProcessorRefused(
            "The processor of this computer has no AVX instructions, which the face reader needs. Use another computer; in a "
            "virtual machine, let it pass the processor's instructions on."
        )
