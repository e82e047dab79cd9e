"""Which calibration counts: the post's own, unless it was made with an earlier encoder."""

import json
import shutil
from pathlib import Path

import pytest

from matching.rates import scale
from matching.rates.calibration import CalibrationRefused
from matching.rates.scale import CALIBRATION
from tests.fakes import NumberedFaces
from workstation.operating_point import scales
from workstation.training_post.opening import CALIBRATION as DRAWN


def test_that_a_calibration_of_an_earlier_encoder_is_left_aside_and_the_post_opens(tmp_path: Path) -> None:
    own = tmp_path / scales.FOLDER
    own.mkdir()
    (own / CALIBRATION).write_text(json.dumps({"encoder": "91fa158b", "cohort": "53159fb9"}))
    faces = NumberedFaces()
    assert scales.at(tmp_path, faces) is faces.scale


def test_that_one_of_todays_encoder_that_cannot_be_read_is_refused_and_not_replaced(tmp_path: Path) -> None:
    own = tmp_path / scales.FOLDER
    shutil.copytree(Path(scale.__file__).parent, own, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    faces = NumberedFaces()
    table = json.loads((own / CALIBRATION).read_text()) | {"encoder": faces.encoder.digest}
    (own / CALIBRATION).write_text(json.dumps(table)[:-300])
    with pytest.raises(CalibrationRefused, match="cannot be read"):
        scales.at(tmp_path, faces)


def test_that_the_training_post_has_drawn_peoples_numbers_of_todays_encoder() -> None:
    encoder = json.loads((DRAWN / CALIBRATION).read_text())["encoder"]
    assert scales.of_today(DRAWN, encoder)
    assert not scales.of_today(DRAWN, "another")
    assert not scales.of_today(DRAWN / "nowhere", encoder)
