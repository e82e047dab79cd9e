"""A second network speaks beside the first one, and neither raises nor hides anybody."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from matching.faces.onnx_encoder import NetworkRefused, OnnxEncoder
from matching.rates.cohort import Cohort, Mixture
from tests import onnx_file
from tests.fakes import SCALE, NumberedFaces, picture
from tests.workstation.conftest import Clock, sign_in
from workstation.alerts.verdicts import View
from workstation.bench.calibrating import Made
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.post.post import Post
from workstation.screening import second_opinion


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "arc.onnx"
    path.write_bytes(onnx_file.network())
    return path


def calibrated(file: Path) -> Made:
    unit = OnnxEncoder(file).unit
    parts = (np.ones(1), np.zeros((1, 128)), np.eye(128)[None] * 0.09)
    mixture = Mixture(*(np.asarray(each, "<f4").astype(np.float64) for each in parts))
    cohort = Cohort.of(unit.digest, mixture)
    return Made(mixture, replace(SCALE.calibration, encoder=unit.digest, cohort=cohort.digest))


def test_that_the_second_network_speaks_after_the_own_verdict(
    post: Post, desk: Desk, listed: int, file: Path, clock: Clock
) -> None:
    del listed
    sign_in(desk, "supervisor")
    desk.operating.take_second_network(file, "CC BY 4.0, for tests")
    desk.operating.take_calibration(calibrated(file))
    again = Desk(post, NumberedFaces(), clock)
    sign_in(again, "officer")
    answered = again.counter.screen(picture(7, moment=4), source="t").value
    close = answered.candidates[0].closeness
    assert close is not None
    opinion = close.second
    assert opinion is not None
    assert opinion.network.startswith("onnx-")
    assert opinion.one_in.low <= opinion.one_in.value <= opinion.one_in.high
    sign_in(again, "second")
    again.second_line.judge(answered.alert_id or 0, 1, View.LEAD, ["nose: alike"])
    close = again.second_line.alert(answered.alert_id or 0).candidates[0].closeness
    assert close is not None
    assert close.second == opinion
    assert again.settings().second_network_licence == "CC BY 4.0, for tests"


def test_that_without_a_calibration_it_says_nothing(post: Post, desk: Desk, listed: int, file: Path, clock: Clock) -> None:
    del listed
    sign_in(desk, "supervisor")
    desk.operating.take_second_network(file, "own")
    again = Desk(post, NumberedFaces(), clock)
    sign_in(again, "officer")
    close = again.counter.screen(picture(7), source="t").value.candidates[0].closeness
    assert close is not None
    assert close.second is None


def test_that_a_changed_file_stops_the_post_from_opening_quietly(post: Post, desk: Desk, file: Path, clock: Clock) -> None:
    sign_in(desk, "supervisor")
    desk.operating.take_second_network(file, "own")
    desk.operating.take_calibration(calibrated(file))
    (post.folder / second_opinion.FILE).write_bytes(onnx_file.network(seed=9))
    with pytest.raises(NetworkRefused, match="not the file that was registered"):
        Desk(post, NumberedFaces(), clock)


def test_that_a_licence_is_asked_for_and_a_calibration_of_nobody_is_refused(desk: Desk, file: Path) -> None:
    sign_in(desk, "supervisor")
    with pytest.raises(OperatorError, match="licence"):
        desk.operating.take_second_network(file, " ")
    with pytest.raises(OperatorError, match="encoder that the post does not have"):
        desk.operating.take_calibration(calibrated(file))
