"""What a post may decide for itself: two sources are never one device."""

import pytest

from tests.workstation.conftest import sign_in
from workstation.capture.camera import same_source
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.settings import Settings


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("camera:1", "camera:01", True),
        ("camera:1", "/dev/video1", True),
        ("camera:0", "camera:1", False),
        ("rtsp://desk/1", " rtsp://desk/1/", True),
        ("/srv/pages", "/srv/../srv/pages/", True),
        ("camera:0", "training:documents", False),
    ],
)
def test_that_a_source_is_known_however_it_is_written(one: str, other: str, same: bool) -> None:
    assert same_source(one, other) is same


@pytest.mark.parametrize(
    ("traveller", "document", "said"),
    [
        ("camera:0", "camera:00", "already gives the traveller's pictures"),
        ("/dev/video2", "camera:2", "already gives the traveller's pictures"),
        ("folder-watch:/srv/scans", "", "A watched folder is for documents"),
        ("camera:0", "folder-watch:scans", "whole path"),
    ],
)
def test_that_sources_that_cannot_be_are_a_sentence(desk: Desk, traveller: str, document: str, said: str) -> None:
    sign_in(desk, "admin")
    with pytest.raises(OperatorError, match=said):
        desk.change_settings(Settings(source=traveller, document_source=document))
    assert desk.settings() == Settings()


@pytest.mark.parametrize("document", ["", "camera:1", "folder-watch:/srv/scans", "training:documents"])
def test_that_a_source_of_documents_is_kept(desk: Desk, document: str) -> None:
    sign_in(desk, "admin").change_settings(Settings(document_source=document))
    assert desk.settings().document_source == document
