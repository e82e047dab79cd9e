"""What a post may decide for itself: two sources are never one device."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.workstation.conftest import sign_in
from workstation.capture.camera import same_source
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.schema import SettingRow
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


SECRET = "rtsp://viewer:s3cret@10.0.0.9/h264"
SHOWN = "rtsp://viewer:***@10.0.0.9/h264"


def test_that_the_password_of_a_stream_is_in_no_log_and_no_export(desk: Desk) -> None:
    sign_in(desk, "supervisor")
    desk.change_settings(replace(desk.settings(), source=SECRET, document_source="http://h/v?user=a&password=other-s3cret"))
    assert desk.settings().source == SHOWN
    assert desk.settings_to_open().source == SECRET
    desk.change_settings(replace(desk.settings(), lane="7"))
    assert desk.settings_to_open().source == SECRET, "saved as it was shown, it keeps its password"
    log = desk.post.folder / "log.jsonl"
    sign_in(desk, "auditor").log.export(log)
    assert "settings.changed" in log.read_text()
    with desk.post.store.reading() as session:
        rows = [row.value for row in session.scalars(select(SettingRow))]
    assert not [text for text in (log.read_text(), *rows, repr(desk.settings())) if "s3cret" in text]


def test_that_another_password_of_the_same_address_is_a_change(desk: Desk) -> None:
    sign_in(desk, "supervisor")
    for address in (SECRET, SECRET.replace("s3cret", "an0ther"), "camera:0"):
        desk.change_settings(replace(desk.settings(), source=address))
        assert desk.settings_to_open().source == address
        entry = sign_in(desk, "auditor").log.entries(text="settings", limit=1)[0]
        assert entry.details == {"source": SHOWN if address != "camera:0" else address}
        sign_in(desk, "supervisor")


def test_that_no_password_is_sent_to_another_address(desk: Desk) -> None:
    sign_in(desk, "supervisor")
    desk.change_settings(replace(desk.settings(), source=SECRET))
    with pytest.raises(OperatorError, match="Enter the whole address with its password"):
        desk.change_settings(replace(desk.settings(), source=SHOWN.replace("10.0.0.9", "10.0.0.66")))


def test_that_a_password_which_an_earlier_program_kept_is_sealed_at_the_next_sign_in(desk: Desk) -> None:
    with desk.post.store.writing() as session:
        session.merge(SettingRow(name="source", value=json.dumps(SECRET)))
    assert desk.settings().source == SHOWN
    assert desk.settings_to_open().source == SECRET
    sign_in(desk, "officer")
    with desk.post.store.reading() as session:
        assert session.scalars(select(SettingRow.value).where(SettingRow.name == "source")).one() == json.dumps(SHOWN)
    assert desk.settings_to_open().source == SECRET
