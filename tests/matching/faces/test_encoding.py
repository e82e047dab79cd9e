"""Templates: of length 1, made the same way everywhere, and never of a network that answers otherwise."""

import numpy as np
import pytest

from matching.faces import encoding, finding, sface, zoo
from matching.faces.alignment import SIDE
from matching.faces.encoding import EncoderWrong, Template, encode, fused, unit
from matching.faces.sface import Network
from workstation.training_post.drawn.drawing import portrait
from workstation.training_post.drawn.people import View, person


def template(seed: int, view: View) -> Template:
    picture = portrait(person(seed), view, moment=seed)
    (face,) = finding.find(picture)
    return encode(picture, face)


def test_that_a_template_has_length_one_and_names_its_unit() -> None:
    made = template(3, View())
    assert made.vector.shape == (unit().dimension,)
    assert np.linalg.norm(made.vector) == pytest.approx(1, abs=1e-5)
    assert made.encoder == unit().digest


def test_that_another_view_of_a_person_lies_nearer_than_another_person() -> None:
    one, same, other = template(3, View()), template(3, View(yaw=8, pitch=-4)), template(9, View())
    assert np.linalg.norm(one.vector - same.vector) < 0.45 < np.linalg.norm(one.vector - other.vector)


def test_that_the_mirror_image_of_a_picture_has_nearly_the_same_template() -> None:
    picture = portrait(person(3), View(yaw=8), moment=1)
    mirrored = np.ascontiguousarray(picture[:, ::-1])
    vectors = [encode(each, finding.find(each)[0]).vector for each in (picture, mirrored)]
    assert np.linalg.norm(vectors[0] - vectors[1]) < 0.2


def test_that_many_at_once_give_what_one_by_one_gives() -> None:
    chips = np.random.default_rng(1).integers(0, 256, (3, SIDE, SIDE, 3), dtype=np.uint8)
    together = sface.network()(chips)
    for chip, row in zip(chips, together, strict=True):
        assert sface.network()(chip[None])[0] == pytest.approx(row, abs=1e-5)


def test_that_chips_of_another_size_are_a_bug() -> None:
    with pytest.raises(ValueError, match="shape"):
        sface.network()(np.zeros((1, 150, 150, 3), dtype=np.uint8))


def test_that_the_mean_of_templates_is_as_long_as_they_are() -> None:
    one, other = template(3, View()), template(3, View(yaw=8))
    both = fused([one, other])
    assert np.linalg.norm(both.vector) == pytest.approx(1, abs=1e-5)
    middle = one.vector + other.vector
    assert both.vector == pytest.approx(middle / np.linalg.norm(middle), abs=1e-5)
    with pytest.raises(ValueError, match="encoders"):
        fused([one, Template(other.vector, "another")])


def test_that_a_network_that_answers_otherwise_is_not_used() -> None:
    encoding.check_network()
    sound = Network(zoo.checked(zoo.NETWORK), 1)
    with pytest.raises(EncoderWrong, match="another answer than it should"):
        encoding.check_network(lambda chips: sound(chips[:, ::-1]))
