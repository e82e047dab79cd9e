"""A model file is checked before dlib reads it."""

from pathlib import Path

import pytest

from matching.faces.models import DIGESTS, ModelRefused, check_models, model_folder


def test_that_the_installed_models_are_the_measured_ones() -> None:
    check_models(model_folder())


@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_that_a_changed_or_missing_model_is_refused_by_name(tmp_path: Path, harm: str) -> None:
    for name in DIGESTS:
        (tmp_path / name).symlink_to(model_folder() / name)
    first = next(iter(DIGESTS))
    (tmp_path / first).unlink()
    if harm == "changed":
        (tmp_path / first).write_bytes(b"other")
    with pytest.raises(ModelRefused, match=first):
        check_models(tmp_path)
