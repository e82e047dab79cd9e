"""Damage of every kind for the files of a chip: flipped bits, cuts, splices, lengths and depths that nobody would write."""

import io
from collections.abc import Callable, Mapping

import numpy as np
from asn1crypto import core
from PIL import Image as Pillow

from matching.faces.images import Image
from tests.chip_files import (
    TODAY,
    MadeChip,
    authority,
    chip,
    dg2_of_2019,
    drawn_portrait,
    jpeg_2000,
    key,
    master_list,
    signer,
    withdrawals,
    written_out,
)
from workstation.documents.chip.folder import ChipFiles, read_chip
from workstation.documents.chip.signing import certificates, cms
from workstation.documents.chip.signing.revocation import revocation_list
from workstation.documents.chip.signing.signatures import Outcome
from workstation.documents.chip.signing.trust import Anchor, Trust, trust
from workstation.documents.chip.tlv import Malformed, element
from workstation.documents.chip.verification import Group
from workstation.errors import OperatorError

Random = np.random.Generator


def chips() -> list[MadeChip]:
    """One of each kind: elliptic curves, RSA-PSS, end marks for lengths, curves written out; both encodings and picture formats."""
    small = drawn_portrait(48, 64)
    root, rsa = authority(), authority("RSA", pss=True)
    curve = authority("P-256", spki=written_out(key("P-256")))
    details = {11: element(0x6B, element(0x5F0E, b"ERIKSSON<<ANNA<MARIA") + element(0x5F2B, b"19740812"))}
    return [
        chip(signer(root), _with_exif(small), groups=details),
        chip(signer(rsa, "RSA", pss=True), jpeg_2000(small)),
        chip(signer(root), jpeg_2000(small), indefinite=True),
        chip(signer(curve, spki=written_out(key("P-256", 10))), groups={2: dg2_of_2019(jpeg_2000(small))}),
    ]


def _with_exif(picture: Image) -> bytes:
    """A progressive JPEG that says which way up it is and has a colour profile: more for the decoder to stumble over."""
    written = io.BytesIO()
    exif = Pillow.Exif()
    exif[0x0112] = 3
    exif[0x010F] = "camera"
    Pillow.fromarray(picture).save(written, "JPEG", progressive=True, exif=exif, icc_profile=bytes(range(256)) * 2)
    return written.getvalue()


def trusted() -> Trust:
    roots = [authority(), authority("RSA", pss=True), authority("P-256", spki=written_out(key("P-256")))]
    return trust(
        [Anchor(certificates.certificate(each.der), "root.cer") for each in roots],
        [revocation_list(withdrawals(each, [5, 6]), "list.crl") for each in roots],
    )


def trust_files() -> Mapping[str, bytes]:
    root = authority()
    return {"a.cer": root.der, "b.crl": withdrawals(root, [1, 2, 77]), "c.ml": master_list([root.der], signer(root))}


def _flipped(data: bytes, random: Random) -> bytes:
    damaged = bytearray(data)
    for at in random.integers(0, len(damaged), random.integers(1, 9)):
        damaged[at] ^= 1 << int(random.integers(0, 8))
    return bytes(damaged)


def _overwritten(data: bytes, random: Random) -> bytes:
    at, size = int(random.integers(0, len(data))), int(random.integers(1, 40))
    return data[:at] + random.bytes(size) + data[at + size :]


def _cut(data: bytes, random: Random) -> bytes:
    return data[: int(random.integers(0, len(data)))]


def _cut_out(data: bytes, random: Random) -> bytes:
    at, size = int(random.integers(0, len(data))), int(random.integers(1, 60))
    return data[:at] + data[at + size :]


def _doubled(data: bytes, random: Random) -> bytes:
    at, size = int(random.integers(0, len(data))), int(random.integers(1, 400))
    return data[: at + size] * int(random.integers(1, 4)) + data[at:]


def _length_bomb(data: bytes, random: Random) -> bytes:
    """A length byte somewhere early becomes a huge length, or one that an end mark should tell."""
    at = int(random.integers(0, min(len(data), 400)))
    bomb = [b"\x84\xff\xff\xff\xff", b"\x84\x7f\xff\xff\xff", b"\x83\x20\x00\x00", b"\x80", b"\xff\xff", b"\x88" + b"\xff" * 8]
    return data[:at] + bomb[int(random.integers(0, len(bomb)))] + data[at + 1 :]


def _nested(data: bytes, random: Random) -> bytes:
    deep = int(random.integers(1, 4000))
    tag = [0x30, 0xA0, 0x24, 0x31][int(random.integers(0, 4))]
    if random.integers(0, 2):
        return data[:2] + bytes([tag, 0x80]) * deep + data[2:]
    inner = data[: int(random.integers(0, len(data)))]
    for _ in range(min(deep, 300)):
        inner = element(tag, inner)
    return element(data[0], inner)


def _spliced(data: bytes, random: Random) -> bytes:
    others = [file for made in _KNOWN for file in made.held.values()]
    other = others[int(random.integers(0, len(others)))]
    return data[: int(random.integers(0, len(data)))] + other[int(random.integers(0, len(other))) :]


def _many(data: bytes, random: Random) -> bytes:
    small = [b"\x04\x00", b"\x30\x00", b"\x05\x00", b"\x02\x01\x00"][int(random.integers(0, 4))]
    return element(data[0], data[2:40] + small * int(random.integers(1, 25_000)))


def _large_numbers(data: bytes, random: Random) -> bytes:
    """An RSA key, where there is one, with a large modulus or exponent."""
    at = data.find(b"\x02\x03\x01\x00\x01")
    if at < 0:
        return _flipped(data, random)
    exponent = core.Integer(int.from_bytes(b"\x7f" + random.bytes(int(random.integers(1, 250))), "big")).dump()
    return data[:at] + bytes(exponent) + data[at + 5 :]


_DAMAGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flipped, _flipped, _overwritten, _cut, _cut_out, _doubled, _length_bomb, _length_bomb, _nested, _spliced, _many, _large_numbers,
)  # fmt: skip # one line
_KNOWN = chips()
_TRUSTED = trusted()
_TRUST_FILES = trust_files()


def damaged(data: bytes, random: Random) -> bytes:
    for _ in range(int(random.integers(1, 3))):
        if data:
            data = _DAMAGES[int(random.integers(0, len(_DAMAGES)))](data, random)
    return data


def damaged_chip(random: Random) -> MadeChip:
    """A chip with one file damaged, seldom two."""
    made = _KNOWN[int(random.integers(0, len(_KNOWN)))]
    names = ["SOD", "SOD", "SOD", "DG2", "DG2", "DG1", "COM", "DG11"]
    for _ in range(1 + int(random.integers(0, 5) == 0)):
        name = names[int(random.integers(0, len(names)))]
        if name in made.held:
            made = made.but(**{name: damaged(made.held[name], random)})
    return made


def read_damaged(number: int) -> str:
    """Read the damaged thing of this number and give what became of it; whatever is no sentence is raised."""
    random = np.random.default_rng(number)
    if number % 8 == 0:
        return _read_trust_file(random)
    made = damaged_chip(random)
    try:
        found = read_chip(made, _TRUSTED, TODAY)
    except OperatorError as refusal:
        return f"refused: {len(str(refusal)) > 0}"
    _spoken(found)
    _check_sound(made, found)
    return str(found.result.state)


def _spoken(found: ChipFiles) -> None:
    for each in (*found.result.sentences, *found.remarks):
        str(each)


def _check_sound(made: MadeChip, found: ChipFiles) -> None:
    """A data group that a right signature covers is one of those that were signed, byte for byte."""
    if found.result.signature is not Outcome.GOOD:
        return
    for number, state in found.result.groups.items():
        data = made.held.get(f"DG{number}", b"")
        if state is Group.AS_SIGNED and not any(data.startswith(each.held.get(f"DG{number}", b"?")) for each in _KNOWN):
            raise AssertionError(f"an altered data group {number} is called as signed")


def _read_trust_file(random: Random) -> str:
    names = sorted(_TRUST_FILES)
    name = names[int(random.integers(0, len(names)))]
    data = damaged(_TRUST_FILES[name], random)
    try:
        if name.endswith(".cer"):
            certificates.certificate(data)
        elif name.endswith(".crl"):
            revocation_list(data, name)
        else:
            cms.signed_data(data)
    except Malformed as wrong:
        return f"left out: {len(str(wrong)) > 0}"
    return "a certificate or list"
