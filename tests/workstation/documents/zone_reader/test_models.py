"""The models of rapidocr's wheel: used by digest, or refused."""

import sys
from pathlib import Path

import pytest

from workstation.documents.zone_reader import glyphs, models
from workstation.documents.zone_reader.reading import ALPHABET
from workstation.errors import OperatorError


def test_that_the_installed_models_are_the_ones_that_were_measured() -> None:
    for name, digest in models.DIGESTS.items():
        assert models.checked(models.model_folder() / name, digest)


def test_that_a_changed_model_is_refused(tmp_path: Path) -> None:
    changed = tmp_path / models.DETECTOR
    changed.write_bytes(b"another model")
    with pytest.raises(OperatorError, match="was changed"):
        models.checked(changed, models.DIGESTS[models.DETECTOR])


def test_that_a_missing_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="cannot be read"):
        models.checked(tmp_path / "none.onnx", "0")


def test_that_rapidocr_itself_is_never_imported() -> None:
    models.recogniser()
    glyphs.net()
    assert not any(name == "rapidocr" or name.startswith("rapidocr.") for name in sys.modules)


def test_that_the_recogniser_knows_every_character_of_a_zone() -> None:
    assert set(ALPHABET) <= set(models.recogniser().characters)
