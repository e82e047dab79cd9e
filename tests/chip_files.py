"""A small State with keys of its own: country certificates, document signers, chips, master lists and withdrawals. All invented."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from asn1crypto import algos, cms, core, crl, keys, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from matching.faces.images import Image, jpeg
from matching.faces.opencv import cv2
from workstation.documents.chip.tlv import element, only

TODAY = date(2026, 11, 25)
LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_CURVES = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "brainpool": ec.BrainpoolP256R1()}
_HASHES = {"sha1": hashes.SHA1(), "sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}  # noqa: S303 - documents of the first years

P256 = {
    "p": 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF,
    "b": 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    "x": 0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    "y": 0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    "n": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
}
"""FIPS 186-4, D.1.2.3; a = p - 3."""


def key(kind: str, number: int = 0) -> Key:
    """A key that every test shares: making an RSA key takes a tenth of a second."""
    return _numbered_key(kind, number)


@cache
def _numbered_key(kind: str, number: int) -> Key:
    del number  # it only tells one from another
    return rsa.generate_private_key(65537, 2048) if kind == "RSA" else ec.generate_private_key(_CURVES[kind])


@dataclass(frozen=True)
class Holder:
    """Somebody with a key and a certificate."""

    key: Key
    certificate: x509.Certificate
    pss: bool = False

    @property
    def der(self) -> bytes:
        return bytes(self.certificate.dump())


def sign(holder_key: Key, message: bytes, *, pss: bool = False, hash_name: str = "sha256") -> bytes:
    chosen = _HASHES[hash_name]
    if isinstance(holder_key, rsa.RSAPrivateKey):
        scheme = padding.PSS(padding.MGF1(chosen), chosen.digest_size) if pss else padding.PKCS1v15()
        return holder_key.sign(message, scheme, chosen)
    return holder_key.sign(message, ec.ECDSA(chosen))


def algorithm(holder_key: Key, *, pss: bool = False, hash_name: str = "sha256") -> algos.SignedDigestAlgorithm:
    if not isinstance(holder_key, rsa.RSAPrivateKey):
        return algos.SignedDigestAlgorithm({"algorithm": f"{hash_name}_ecdsa"})
    if not pss:
        return algos.SignedDigestAlgorithm({"algorithm": f"{hash_name}_rsa", "parameters": core.Null()})
    size = _HASHES[hash_name].digest_size
    parameters = algos.RSASSAPSSParams(
        {
            "hash_algorithm": {"algorithm": hash_name},
            "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": hash_name}},
            "salt_length": size,
        }
    )
    return algos.SignedDigestAlgorithm({"algorithm": "rsassa_pss", "parameters": parameters})


def public_key(holder_key: Key) -> keys.PublicKeyInfo:
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    return keys.PublicKeyInfo.load(holder_key.public_key().public_bytes(serialization.Encoding.DER, spki))


def written_out(holder_key: Key, *, generator: tuple[int, int] | None = None) -> keys.PublicKeyInfo:
    """The key on P-256 with its curve in full, as many country certificates have it; `generator` puts another one in."""
    x, y = generator or (P256["x"], P256["y"])
    info = public_key(holder_key)
    domain = keys.SpecifiedECDomain(
        {
            "version": 1,
            "field_id": {"field_type": "prime_field", "parameters": core.Integer(P256["p"])},
            "curve": {"a": _wide(P256["p"] - 3), "b": _wide(P256["b"])},
            "base": core.OctetString(b"\x04" + _wide(x) + _wide(y)).contents,
            "order": P256["n"],
            "cofactor": 1,
        }
    )
    info["algorithm"]["parameters"] = keys.ECDomainParameters(name="specified", value=domain)
    return keys.PublicKeyInfo.load(info.dump(force=True))


def _wide(number: int) -> bytes:
    return number.to_bytes(32, "big")


def issue(
    subject: str,
    holder_key: Key,
    issuer: Holder | None = None,
    *,
    country: str = "UT",
    serial: int = 1,
    valid: tuple[date, date] = (date(2020, 1, 1), date(2036, 1, 1)),
    spki: keys.PublicKeyInfo | None = None,
    authority: bool = False,
    pss: bool = False,
    identifiers: bool = True,
    purpose: str | None = None,
    signing_algorithm: algos.SignedDigestAlgorithm | None = None,
) -> Holder:
    """A certificate for `holder_key`, signed by `issuer`, or by itself where there is none."""
    spki = spki or public_key(holder_key)
    signing_key, signing_pss = (issuer.key, issuer.pss) if issuer else (holder_key, pss)
    name = x509.Name.build({"country_name": country, "organization_name": "Utopia", "common_name": subject})
    extensions: list[dict[str, object]] = []
    if identifiers:
        above = issuer.certificate.public_key if issuer else spki
        extensions += [
            {"extn_id": "key_identifier", "critical": False, "extn_value": spki.sha1},
            {"extn_id": "authority_key_identifier", "critical": False, "extn_value": {"key_identifier": above.sha1}},
        ]
    if authority:
        extensions.append(
            {"extn_id": "basic_constraints", "critical": True, "extn_value": {"ca": True, "path_len_constraint": 0}}
        )
    if purpose:
        extensions.append({"extn_id": "extended_key_usage", "critical": True, "extn_value": [purpose]})
    algo = signing_algorithm or algorithm(signing_key, pss=signing_pss)
    first, last = (datetime.combine(day, time(), UTC) for day in valid)
    signed = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": serial,
            "signature": algo,
            "issuer": issuer.certificate.subject if issuer else name,
            "validity": {
                "not_before": x509.Time(name="utc_time", value=first),
                "not_after": x509.Time(name="utc_time", value=last),
            },
            "subject": name,
            "subject_public_key_info": spki,
            "extensions": extensions,
        }
    )
    body = signed.dump(force=True)
    signature = sign(signing_key, body, pss=signing_pss)
    whole = element(0x30, body + algo.dump() + element(0x03, b"\x00" + signature))
    return Holder(holder_key, x509.Certificate.load(whole), pss)


def authority(kind: str = "P-384", name: str = "CSCA Utopia", number: int = 0, **options: Any) -> Holder:
    return issue(name, key(kind, number), authority=True, **options)


def signer(issuer: Holder, kind: str = "P-256", number: int = 10, **options: Any) -> Holder:
    return issue("Document signer 1", key(kind, number), issuer, **{"serial": 77, **options})


def signed_data(
    content: bytes,
    content_type: str,
    by: Holder,
    certificates: Sequence[bytes],
    *,
    hash_name: str = "sha256",
    attributes: bool = True,
    signing_algorithm: algos.SignedDigestAlgorithm | None = None,
    digest: bytes | None = None,
    indefinite: bool = False,
    unsorted: bool = False,
    signed_on: date | None = None,
) -> bytes:
    """A ContentInfo; with `indefinite` its envelope has end marks instead of lengths and its content comes in parts."""
    algo = algos.DigestAlgorithm({"algorithm": hash_name}).dump()
    at = cms.Time(name="utc_time", value=datetime.combine(signed_on or TODAY, time(), UTC))
    held = cms.CMSAttributes(
        [
            *([{"type": "signing_time", "values": [at]}] if signed_on else []),
            {"type": "content_type", "values": [content_type]},
            {"type": "message_digest", "values": [digest or hashlib.new(hash_name, content).digest()]},
        ]
    ).dump()
    message = held if attributes else content
    signature = sign(by.key, message, pss=by.pss, hash_name=hash_name)
    name = by.certificate
    sid = element(0x30, name.issuer.dump() + core.Integer(name.serial_number).dump())
    info = [core.Integer(1).dump(), sid, algo]
    written = element(0x31, b"".join(reversed([each.whole for each in only(held).parts]))) if unsorted else held
    info += [b"\xa0" + written[1:]] if attributes else []
    info += [
        (signing_algorithm or algorithm(by.key, pss=by.pss, hash_name=hash_name)).dump(),
        core.OctetString(signature).dump(),
    ]
    wrap = _endless if indefinite else element
    octets = _endless(0x24, element(4, content[:7]) + element(4, content[7:])) if indefinite else element(4, content)
    inner = [
        core.Integer(3).dump(),
        element(0x31, algo),
        wrap(0x30, core.ObjectIdentifier(content_type).dump() + wrap(0xA0, octets)),
        element(0xA0, b"".join(certificates)) if certificates else b"",
        element(0x31, element(0x30, b"".join(info))),
    ]
    return wrap(0x30, core.ObjectIdentifier("1.2.840.113549.1.7.2").dump() + wrap(0xA0, wrap(0x30, b"".join(inner))))


def _endless(tag: int, content: bytes) -> bytes:
    return bytes([tag, 0x80]) + content + b"\x00\x00"


def security_object(
    groups: Mapping[int, bytes],
    by: Holder,
    *,
    group_hash: str = "sha256",
    certificate: bool = True,
    content_type: str = "2.23.136.1.1.1",
    **options: Any,
) -> bytes:
    """EF.SOD over these data groups."""
    listed = b"".join(
        element(0x30, core.Integer(number).dump() + element(4, hashlib.new(group_hash, data).digest()))
        for number, data in groups.items()
    )
    algo = algos.DigestAlgorithm({"algorithm": group_hash}).dump()
    content = element(0x30, core.Integer(0).dump() + algo + element(0x30, listed))
    held = [by.der] if certificate else []
    return element(0x77, signed_data(content, content_type, by, held, **options))


def master_list(certificates: Sequence[bytes], by: Holder) -> bytes:
    content = element(0x30, core.Integer(0).dump() + element(0x31, b"".join(certificates)))
    return signed_data(content, "2.23.136.1.1.2", by, [by.der])


def withdrawals(by: Holder, serials: Sequence[int], issued: date = date(2026, 11, 1), due: date = date(2027, 2, 1)) -> bytes:
    days = [x509.Time(name="utc_time", value=datetime.combine(day, time(), UTC)) for day in (issued, due)]
    algo = algorithm(by.key, pss=by.pss)
    signed = crl.TbsCertList(
        {
            "version": "v2",
            "signature": algo,
            "issuer": by.certificate.subject,
            "this_update": days[0],
            "next_update": days[1],
            "revoked_certificates": [{"user_certificate": each, "revocation_date": days[0]} for each in serials] or None,
        }
    )
    signature = sign(by.key, signed.dump(), pss=by.pss)
    return bytes(crl.CertificateList({"tbs_cert_list": signed, "signature_algorithm": algo, "signature": signature}).dump())


def drawn_portrait(width: int = 120, height: int = 160) -> Image:
    """A plain head and shoulders: nobody."""
    page = np.full((height, width, 3), 225, np.uint8)
    cv2.ellipse(page, (width // 2, height), (width // 2 - 6, height // 3), 0, 0, 360, (60, 70, 110), -1)
    cv2.ellipse(page, (width // 2, height * 2 // 5), (width // 4, height // 4), 0, 0, 360, (205, 160, 130), -1)
    return page


def jpeg_2000(picture: Image) -> bytes:
    done, encoded = cv2.imencode(".jp2", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    assert done
    return bytes(encoded.tobytes())


def dg1(lines: Sequence[str] = LINES) -> bytes:
    return element(0x61, element(0x5F1F, "".join(lines).encode()))


def dg2(picture: bytes, *, points: int = 2) -> bytes:
    """ISO/IEC 19794-5:2005."""
    face = points.to_bytes(2, "big") + bytes(14) + bytes(8 * points) + bytes(12) + picture
    face = (len(face) + 4).to_bytes(4, "big") + face
    record = b"FAC\x00010\x00" + (14 + len(face)).to_bytes(4, "big") + b"\x00\x01" + face
    return _dg2(element(0x5F2E, record))


def dg2_of_2019(picture: bytes) -> bytes:
    """ISO/IEC 39794-5:2019."""
    representation = element(0xA0, element(0xA0, element(0x80, picture) + element(0xA1, element(0xA0, element(0x80, b"\x02")))))
    block = element(0x30, element(0x80, b"\x00") + element(0xA1, representation))
    version = element(0xA0, element(0x80, b"\x03") + element(0x81, b"\x07\xe3"))
    return _dg2(element(0x7F2E, element(0xA1, element(0x65, version + element(0xA1, block)))))


def _dg2(block: bytes) -> bytes:
    header = element(
        0xA1, element(0x80, b"\x01\x01") + element(0x81, b"\x02") + element(0x87, b"\x01\x01") + element(0x88, b"\x00\x08")
    )
    return element(0x75, element(0x7F61, element(0x02, b"\x01") + element(0x7F60, header + block)))


def com(groups: Sequence[int] = (1, 2)) -> bytes:
    tags = {1: 0x61, 2: 0x75, 3: 0x63, 11: 0x6B, 12: 0x6C}
    return element(
        0x60, element(0x5F01, b"0107") + element(0x5F36, b"040000") + element(0x5C, bytes(tags[each] for each in groups))
    )


@dataclass(frozen=True)
class MadeChip:
    """The files of a chip by the names of workstation.documents.chip.files: also whoever gives them to the reader."""

    held: Mapping[str, bytes] = field(default_factory=dict)

    def file(self, name: str) -> bytes | None:
        return self.held.get(name)

    def but(self, **changed: bytes | None) -> "MadeChip":
        return MadeChip({name: data for name, data in {**self.held, **changed}.items() if data is not None})

    def export(self, folder: Path, form: str = "EF.{}") -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self.held.items():
            (folder / form.format(name)).write_bytes(data)
        return folder


def chip(by: Holder, picture: bytes | None = None, *, groups: Mapping[int, bytes] | None = None, **options: Any) -> MadeChip:
    """A chip of Anna Maria Eriksson, signed by `by`."""
    held = {1: dg1(), 2: dg2(picture or jpeg(drawn_portrait()))} | dict(groups or {})
    files = {f"DG{number}": data for number, data in held.items()}
    return MadeChip({"COM": com(sorted({1, 2} | set(held))), **files, "SOD": security_object(held, by, **options)})


def soon(days: int) -> date:
    return TODAY + timedelta(days=days)
