"""Without face_recognition the same models give the same faces: what `pip install .` leaves on a computer without a compiler."""

import numpy as np
import pytest

from matching.faces.dlib_models import DlibModels
from matching.faces.images import Image
from matching.faces.models import face_recognition_api, model_folder
from workstation.training_post.drawn.drawing import frame
from workstation.training_post.drawn.people import View, person


@pytest.fixture(scope="module")
def ours() -> DlibModels:
    return DlibModels(model_folder())


PICTURES = [
    frame([]),
    frame([(person(3), View(yaw=8))], moment=1),
    frame([(person(5), View(shift_x=-0.22, scale=0.9)), (person(9), View(shift_x=0.24, scale=0.8))], moment=2),
    frame([(person(4), View(scale=1.9, shift_y=-0.3))], moment=3),
]


@pytest.mark.parametrize("picture", PICTURES, ids=["nobody", "one", "two", "cut off"])
def test_that_faces_and_landmarks_are_those_of_face_recognition(ours: DlibModels, picture: Image) -> None:
    theirs = face_recognition_api()
    assert not isinstance(theirs, DlibModels), "this environment has face_recognition"
    boxes = ours.face_locations(picture, 1, model="hog")
    assert boxes == theirs.face_locations(picture, 1, model="hog")
    for top, right, bottom, left in boxes:
        rectangle = ours.dlib.rectangle(left, top, right, bottom)
        for name in ("pose_predictor_5_point", "pose_predictor_68_point"):
            found, expected = (
                np.array(list(map(_xy, getattr(api, name)(picture, rectangle).parts()))) for api in (ours, theirs)
            )
            assert (found == expected).all()


def test_that_another_detector_is_not_quietly_taken_for_hog(ours: DlibModels) -> None:
    with pytest.raises(ValueError, match="no detector cnn"):
        ours.face_locations(PICTURES[0], model="cnn")


def _xy(point: object) -> tuple[int, int]:
    return point.x, point.y  # type: ignore[attr-defined] # dlib has no types
