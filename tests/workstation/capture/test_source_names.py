"""Passwords of addresses: hidden wherever an address is shown, sealed where it is kept."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workstation.capture.source_names import is_hidden, sealed, unsealed, without_password
from workstation.errors import OperatorError


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("rtsp://viewer:s3cret@10.0.0.9/h264", "rtsp://viewer:***@10.0.0.9/h264"),
        ("HTTP://u:s3cret@host", "HTTP://u:***@host"),
        ("http://:s3cret@host/", "http://:***@host/"),
        ("rtsp://u:s3@cret/x?y@10.0.0.9:554/ch1", "rtsp://u:***@10.0.0.9:554/ch1"),
        ("rtsp://u:12/34@10.0.0.9/x", "rtsp://u:***@10.0.0.9/x"),
        ("http://10.0.0.9:80/v?user=a&password=s3cret&n=1", "http://10.0.0.9:80/v?user=a&password=***&n=1"),
        ("http://10.0.0.9/v?usr=a&pwd=s3/cret", "http://10.0.0.9/v?usr=a&pwd=***"),
        (
            "rtsp://10.0.0.9/user=admin_password=s3cret_channel=1_stream=0.sdp",
            "rtsp://10.0.0.9/user=admin_password=***_channel=1_stream=0.sdp",
        ),
        ("rtsp://viewer@10.0.0.9/h264", "rtsp://viewer@10.0.0.9/h264"),
        ("rtsp://10.0.0.9:554/user@x", "rtsp://10.0.0.9:554/user@x"),
        ("rtsp://[fe80::1]:554/a@b", "rtsp://[fe80::1]:554/a@b"),
        ("camera:0", "camera:0"),
        ("/srv/a:b@c", "/srv/a:b@c"),
        ("training:travellers", "training:travellers"),
    ],
)
def test_that_an_address_is_shown_without_its_passwords(address: str, shown: str) -> None:
    assert without_password(address) == shown
    assert without_password(shown) == shown
    assert is_hidden(shown) == (address != shown)


def test_that_only_the_keys_that_sealed_an_address_open_it() -> None:
    key, address = Ed25519PrivateKey.generate(), "rtsp://viewer:s3cret@10.0.0.9/h264"
    kept = sealed(address, key)
    assert "s3cret" not in kept
    assert unsealed(kept, key) == address
    for other in (Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()):
        with pytest.raises(OperatorError, match="Enter the whole address again"):
            unsealed(kept, other)
    with pytest.raises(OperatorError, match="Enter the whole address again"):
        unsealed("not sealed", key)
