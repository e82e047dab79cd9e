"""A face network that the operator brings: aligned by five points, named by its digest, refused when it is none."""

from pathlib import Path

import numpy as np
import pytest

from matching.faces import encoding, finding
from matching.faces.onnx_encoder import PLACES, SIDE, NetworkRefused, OnnxEncoder, aligned
from tests import onnx_file
from workstation.training_post.drawn.drawing import portrait
from workstation.training_post.drawn.people import View, person


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "face.onnx"
    path.write_bytes(onnx_file.network())
    return path


def test_that_a_face_is_encoded_to_length_one_and_the_mirror_image_counts(file: Path) -> None:
    encoder = OnnxEncoder(file)
    picture = portrait(person(3), View(yaw=6), moment=1)
    (face,) = finding.find(picture)
    template = encoder.encode(picture, face)
    assert template.vector.shape == (128,)
    assert np.linalg.norm(template.vector) == pytest.approx(1, abs=1e-5)
    assert template.encoder == encoder.unit.digest != encoding.unit().digest
    assert np.linalg.norm(template.vector - encoder.encode(picture, face, looks=1).vector) > 1e-3


def test_that_the_numbers_are_those_of_the_network(file: Path) -> None:
    random = np.random.default_rng(1)
    weights = random.normal(0, 0.05, (128, 3, 14, 14)).astype(np.float32)
    picture = portrait(person(3), View(), moment=1)
    (face,) = finding.find(picture)
    chip = (aligned(picture, face).astype(np.float64) - 127.5) / 127.5
    small = chip.reshape(14, 8, 14, 8, 3).mean(axis=(1, 3)).transpose(2, 0, 1)
    expected = np.einsum("dchw,chw->d", weights, small)
    found = OnnxEncoder(file).encode(picture, face, looks=1).vector
    assert found == pytest.approx(expected / np.linalg.norm(expected), abs=1e-4)


@pytest.mark.parametrize("view", [View(), View(scale=0.7, shift_x=0.1), View(yaw=10)])
def test_that_the_five_points_come_to_their_places(view: View) -> None:
    picture = portrait(person(5), view, moment=1)
    (face,) = finding.find(picture)
    chip = aligned(picture, face)
    assert chip.shape == (SIDE, SIDE, 3)
    found = finding.landmarks(chip, finding.Box(12, 20, 100, 108))
    eyes = np.array([found[36:42].mean(axis=0), found[42:48].mean(axis=0)])
    assert eyes == pytest.approx(PLACES[:2], abs=6)


def test_that_another_file_is_another_encoder_and_a_registered_one_must_be_the_same(tmp_path: Path, file: Path) -> None:
    other = tmp_path / "other.onnx"
    other.write_bytes(onnx_file.network(seed=2))
    assert OnnxEncoder(other).unit.digest != OnnxEncoder(file).unit.digest
    with pytest.raises(NetworkRefused, match="not the file that was registered"):
        OnnxEncoder(other, digest="0" * 64)


def test_that_512_numbers_are_taken_and_7_are_not(tmp_path: Path) -> None:
    path = tmp_path / "face.onnx"
    path.write_bytes(onnx_file.network(dimension=512))
    assert OnnxEncoder(path).unit.dimension == 512
    path.write_bytes(onnx_file.network(dimension=7))
    with pytest.raises(NetworkRefused, match="gives 7 numbers"):
        OnnxEncoder(path)


def test_that_what_is_no_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NetworkRefused, match="cannot be read"):
        OnnxEncoder(tmp_path / "missing.onnx")
    for number, data in enumerate((b"", b"not a network", onnx_file.network()[:5000])):
        path = tmp_path / f"{number}.onnx"
        path.write_bytes(data)
        with pytest.raises(NetworkRefused, match="is not an ONNX face network"):
            OnnxEncoder(path)
