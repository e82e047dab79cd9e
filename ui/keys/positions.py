"""Which sign a key bears on a Latin keyboard, told by where the key lies and not by what the present layout makes of it.

The numbers are those of scan code set 1, which Linux takes over for its input events and Windows tells as they are.
"""

from types import MappingProxyType

_PLAIN = (
    (0x02, "1234567890-="),
    (0x10, "qwertyuiop[]"),
    (0x1E, "asdfghjkl;'`"),
    (0x2B, "\\zxcvbnm,./"),
    (0x56, "<"),
)
_SHIFTED = (
    (0x02, "!@#$%^&*()_+"),
    (0x10, "QWERTYUIOP{}"),
    (0x1E, 'ASDFGHJKL:"~'),
    (0x2B, "|ZXCVBNM<>?"),
    (0x56, ">"),
)
_X11_FIRST = 8
"""X11 and Wayland count from here what the kernel counts from 0."""


def _table(rows: tuple[tuple[int, str], ...]) -> MappingProxyType[int, str]:
    return MappingProxyType({first + step: sign for first, signs in rows for step, sign in enumerate(signs)})


PLAIN, SHIFTED = _table(_PLAIN), _table(_SHIFTED)


def position(native_scan_code: int, platform: str) -> int:
    """The scan code of set 1 for what Qt calls the native one on this platform; 0 where it is not told."""
    if platform in {"xcb", "wayland", "wayland-egl"}:
        return max(native_scan_code - _X11_FIRST, 0)
    return native_scan_code if platform == "windows" else 0


def sign_at(place: int, *, shifted: bool) -> str:
    """The sign of a United States keyboard there; empty where there is none."""
    return (SHIFTED if shifted else PLAIN).get(place, "")
