"""Frames at their moments in, stillness out: whatever the desk, the noise and the light."""

import itertools
from datetime import date
from itertools import groupby

import numpy as np
import pytest
from numpy.typing import NDArray

from matching.faces.images import Image
from tests.desk_frames import FPS, desk, frame, hand, laid, page
from workstation.documents.watching.stillness import FOCUS_SECONDS, STILL_SECONDS, Lying, LyingStill
from workstation.training_post.document_camera import FRAMES_A_SECOND, LYING, DocumentsSource
from workstation.training_post.script import TRAVELLERS, Traveller

Scene = NDArray[np.float32]


class Camera:
    """Shows scenes to a LyingStill at FPS and keeps what it said."""

    def __init__(self, **how: float) -> None:
        self.lying = LyingStill()
        self.moment = 0
        self._how = how

    def show(self, *scenes: Scene, frames: int = 1, **how: float) -> list[Lying]:
        return [self.see(frame(scene, self.moment, **(self._how | how))) for scene in scenes for _ in range(frames)]

    def see(self, image: Image) -> Lying:
        self.moment += 1
        return self.lying.see(image, self.moment / FPS)

    def learn(self, scene: Scene) -> None:
        """The bare desk, told to be one."""
        assert self.show(scene, frames=FPS)[-1] is Lying.STILL
        self.lying.nothing_there()
        assert self.show(scene)[-1] is Lying.EMPTY


def slid(scene: Scene, sheet: Scene) -> list[Scene]:
    return [laid(scene, sheet, 170, y) for y in range(-200, 131, 30)]


@pytest.mark.parametrize("noise", [0.0, 3.0, 9.0])
@pytest.mark.parametrize("grain", [0.0, 25.0])
def test_that_a_page_is_laid_and_lifted(noise: float, grain: float) -> None:
    camera, bare = Camera(noise=noise), desk(grain=grain)
    camera.learn(bare)
    sheet = page(1)
    assert set(camera.show(*slid(bare, sheet))[2:]) == {Lying.MOVING}
    said = camera.show(laid(bare, sheet), frames=FPS)
    still = said.index(Lying.STILL)
    assert STILL_SECONDS <= (still + 1) / FPS <= STILL_SECONDS + 0.15
    assert set(said[still:]) == {Lying.STILL}
    assert camera.lying.page == 2
    camera.show(*reversed(slid(bare, sheet)))
    assert camera.show(bare, frames=FPS)[-1] is Lying.EMPTY


def test_that_an_identity_card_is_something() -> None:
    camera = Camera()
    camera.learn(desk())
    card = laid(desk(), page(3, wide=184, high=116), 30, 340)
    assert camera.show(card, frames=FPS)[-1] is Lying.STILL


def test_that_every_page_laid_is_another_one() -> None:
    camera = Camera()
    camera.learn(desk())
    for turn, number in enumerate((1, 2, 2), start=2):
        sheet = page(number)
        camera.show(*slid(desk(), sheet))
        assert camera.show(laid(desk(), sheet), frames=FPS)[-1] is Lying.STILL
        assert camera.lying.page == turn


def test_that_a_page_swapped_in_one_frame_is_another_one() -> None:
    camera = Camera()
    camera.learn(desk())
    camera.show(laid(desk(), page(1)), frames=FPS)
    assert Lying.MOVING in camera.show(laid(desk(), page(2)), frames=FPS)
    assert camera.lying.page == 3


def test_that_a_page_in_a_hand_never_lies_still() -> None:
    camera = Camera()
    camera.learn(desk())
    held = [laid(desk(), page(1), 170 + 4 * np.sin(each / 3), 130 + 3 * np.cos(each / 4)) for each in range(60)]
    assert Lying.STILL not in camera.show(*held)


def test_that_a_hand_over_the_page_is_a_movement() -> None:
    camera = Camera()
    camera.learn(desk())
    lies = laid(desk(), page(1))
    camera.show(lies, frames=FPS)
    assert camera.show(*(hand(lies, x) for x in range(100, 500, 40)))[-1] is Lying.MOVING


def test_that_one_torn_frame_is_no_movement() -> None:
    camera = Camera()
    camera.learn(desk())
    lies = laid(desk(), page(1))
    camera.show(lies, frames=FPS)
    said = camera.show(np.roll(lies, 200, axis=0)) + camera.show(lies, frames=5)
    assert set(said) == {Lying.STILL}


def test_that_light_that_changes_on_all_of_it_is_no_movement() -> None:
    camera = Camera()
    camera.learn(desk())
    for turn in range(100):
        assert camera.show(desk(), light=1 + turn / 200) == [Lying.EMPTY]
    assert camera.show(laid(desk(), page(1)), frames=FPS, light=1.5)[-1] is Lying.STILL
    assert camera.show(desk(), frames=FPS, light=1.5)[-1] is Lying.EMPTY


def test_that_a_lens_that_hunts_is_waited_for_but_not_for_ever() -> None:
    camera = Camera()
    camera.learn(desk())
    lies = laid(desk(), page(1))
    said = [camera.show(lies, blur=blur)[0] for blur in np.linspace(2.2, 0.3, 20)]
    assert said[-1] is Lying.MOVING
    assert camera.show(lies, frames=FPS)[-1] is Lying.STILL
    hunting = Camera()
    hunting.learn(desk())
    said = [hunting.show(lies, blur=0.6 + 0.3 * (turn % 6 > 2))[0] for turn in range(2 * FPS)]
    assert said[: FPS // 2].count(Lying.STILL) == 0
    assert (said.index(Lying.STILL) + 1) / FPS == pytest.approx(FOCUS_SECONDS, abs=0.5)


def test_that_a_camera_of_another_shape_begins_anew() -> None:
    camera = Camera()
    camera.learn(desk())
    small = np.full((240, 640, 3), 70, dtype=np.uint8)
    assert camera.see(small) is Lying.MOVING
    assert not camera.lying.desk_known


def test_that_the_training_desk_is_understood() -> None:
    here: list[Traveller | None] = [None]
    camera = DocumentsSource(lambda: here[0], date(2026, 11, 25), wait=lambda _: None)
    lying, said = LyingStill(), []
    for number in range(60):
        if number == 8:
            lying.nothing_there()
            here[0] = TRAVELLERS[0]
        said.append(lying.see(camera.read().image, number / FRAMES_A_SECOND))
    assert [state for state, _ in groupby(said)] == [
        Lying.MOVING, Lying.STILL, Lying.EMPTY, Lying.MOVING, Lying.STILL, Lying.MOVING, Lying.EMPTY,
    ]  # fmt: skip # one story
    assert said.count(Lying.STILL) >= 5 + LYING - 3


def test_that_a_photograph_of_twelve_megapixels_is_looked_at() -> None:
    lying = LyingStill()
    large = np.full((3000, 4000, 3), 70, dtype=np.uint8)
    assert [lying.see(large, at / 10) for at in range(6)][-1] is Lying.STILL


def test_that_a_page_between_two_seldom_frames_is_no_daylight() -> None:
    lying, bare, sheet = LyingStill(), desk(), page(1)
    moments = iter(range(1000))

    def show(scene: Scene, frames: int) -> Lying:
        """One frame a second."""
        return [lying.see(frame(scene, moment), float(moment)) for moment in itertools.islice(moments, frames)][-1]

    assert show(bare, 4) is Lying.STILL
    lying.nothing_there()
    for _ in range(3):
        assert show(laid(bare, sheet), 5) is Lying.STILL
        assert show(bare, 5) is Lying.EMPTY
