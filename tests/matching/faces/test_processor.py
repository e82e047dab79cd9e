"""A processor that cannot run dlib is told to be one, before dlib ends the process without a word."""

from pathlib import Path

import pytest

from matching.faces.processor import ProcessorRefused, check_processor


def test_that_a_processor_without_avx_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cpuinfo").write_text("processor\t: 0\nmodel name\t: Celeron\nflags\t\t: fpu sse sse2 ssse3 sse4_2\n")
    with pytest.raises(ProcessorRefused, match="no AVX"):
        check_processor(tmp_path / "cpuinfo")


@pytest.mark.parametrize("told", ["flags\t\t: fpu sse avx avx2\n", "Features\t: fp asimd\n", ""])
def test_that_one_with_avx_or_of_another_kind_is_taken(tmp_path: Path, told: str) -> None:
    (tmp_path / "cpuinfo").write_text(told)
    check_processor(tmp_path / "cpuinfo")
    check_processor(tmp_path / "none")
