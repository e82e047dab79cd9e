"""The network run through numpy gives what dlib gives, and nothing else is taken for it."""

from pathlib import Path

import numpy as np
import pytest

from matching.faces import encoding, finding, network
from matching.faces.encoding import EncoderWrong, Template, encode, fused, unit
from matching.faces.models import face_recognition_api, model_folder
from matching.faces.network import WeightsRefused
from workstation.training_post.drawn.drawing import portrait
from workstation.training_post.drawn.people import View, person

WEIGHTS = "dlib_face_recognition_resnet_model_v1.dat"


def test_that_numpy_gives_what_dlib_gives() -> None:
    dlib = face_recognition_api().dlib
    theirs = dlib.face_recognition_model_v1(str(model_folder() / WEIGHTS))
    ours = network.load(model_folder() / WEIGHTS)
    random = np.random.default_rng(1)
    picture = portrait(person(3), View(yaw=8), moment=1)
    points = face_recognition_api().pose_predictor_5_point(picture, dlib.rectangle(90, 80, 230, 230))
    drawn = dlib.get_face_chip(picture, points, size=150, padding=0.25)
    chips = np.stack([drawn, random.integers(0, 256, (150, 150, 3), dtype=np.uint8), np.zeros_like(drawn), 255 - drawn])
    found = ours(chips)
    for chip, vector in zip(chips, found, strict=True):
        assert np.abs(np.array(theirs.compute_face_descriptor(np.ascontiguousarray(chip))) - vector).max() < 1e-5


def test_that_another_file_is_refused(tmp_path: Path) -> None:
    whole = (model_folder() / WEIGHTS).read_bytes()
    (tmp_path / "cut.dat").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "other.dat").write_bytes(b"con_4" * 100)
    for name in ("cut.dat", "other.dat"):
        with pytest.raises(WeightsRefused, match="not the one this program knows"):
            network.load(tmp_path / name)


def test_that_a_network_that_answers_otherwise_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    encoding.check_network()
    whole = network.load(model_folder() / WEIGHTS)
    monkeypatch.setattr(encoding, "_network", lambda: lambda chips: whole(chips) * np.float32(1.01))
    with pytest.raises(EncoderWrong, match="another answer than dlib"):
        encoding.check_network()


def test_that_chips_of_another_size_are_a_bug() -> None:
    with pytest.raises(ValueError, match="shape"):
        network.load(model_folder() / WEIGHTS)(np.zeros((1, 112, 112, 3), dtype=np.uint8))


def test_that_fewer_looks_give_a_near_template_and_frames_are_fused() -> None:
    picture = portrait(person(3), View(), moment=1)
    (face,) = finding.find(picture)
    whole, half = encode(picture, face), encode(picture, face, looks=2)
    assert 0 < np.linalg.norm(whole.vector - half.vector) < 0.3
    assert fused([half, half]).vector == pytest.approx(half.vector)
    with pytest.raises(ValueError, match="looks"):
        encode(picture, face, looks=5)
    with pytest.raises(ValueError, match="encoders"):
        fused([whole, Template(whole.vector, "another")])
    assert whole.encoder == unit().digest
