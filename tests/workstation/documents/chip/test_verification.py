import hashlib
import subprocess
from datetime import date
from pathlib import Path

import pytest
from cryptography import x509

from matching.faces.images import jpeg
from tests.chip_files import (
    LINES,
    TODAY,
    Holder,
    MadeChip,
    authority,
    chip,
    dg1,
    dg2,
    drawn_portrait,
    key,
    public_key,
    security_object,
    signer,
    written_out,
)
from workstation.documents.chip import tlv
from workstation.documents.chip.folder import read_chip
from workstation.documents.chip.signing import certificates, sod
from workstation.documents.chip.signing.signatures import Outcome
from workstation.documents.chip.signing.trust import Anchor, Trust, trust
from workstation.documents.chip.tlv import element
from workstation.documents.chip.verification import Group, Verification
from workstation.documents.travel_document import ChipState

ROOT = authority()
SIGNER = signer(ROOT)
CHIP = chip(SIGNER)


def trusting(*roots: Holder) -> Trust:
    return trust([Anchor(certificates.certificate(each.der), "root.cer") for each in roots])


def result(made: MadeChip, trusted: Trust | None = None, today: date = TODAY) -> Verification:
    return read_chip(made, trusted or trusting(ROOT), today).result


def said(found: Verification) -> str:
    return " ".join(str(each) for each in found.sentences)


@pytest.mark.parametrize("indefinite", [False, True], ids=["lengths", "end marks"])
@pytest.mark.parametrize("attributes", [True, False], ids=["signed attributes", "content signed"])
@pytest.mark.parametrize("hash_name", ["sha256", "sha384", "sha512"])
def test_that_contents_as_signed_are_intact(indefinite: bool, attributes: bool, hash_name: str) -> None:
    found = result(chip(SIGNER, indefinite=indefinite, attributes=attributes, hash_name=hash_name, group_hash=hash_name))
    assert found.state is ChipState.INTACT
    assert found.groups == {1: Group.AS_SIGNED, 2: Group.AS_SIGNED}
    assert found.signature is Outcome.GOOD
    assert found.signer is not None
    assert found.anchor is not None
    assert (found.signer.serial, found.anchor.file) == (77, "root.cer")


@pytest.mark.parametrize(
    ("root_kind", "kind", "pss"),
    [("RSA", "RSA", True), ("RSA", "P-256", True), ("RSA", "RSA", False), ("P-384", "brainpool", False)],
)
def test_that_every_kind_of_key_is_followed_to_its_root(root_kind: str, kind: str, pss: bool) -> None:
    root = authority(root_kind, pss=pss)
    found = result(chip(signer(root, kind, pss=pss and kind == "RSA")), trusting(root))
    assert found.state is ChipState.INTACT


def test_that_curves_written_out_are_followed() -> None:
    root = authority("P-256", spki=written_out(key("P-256")))
    found = result(chip(signer(root, spki=written_out(key("P-256", 10)))), trusting(root))
    assert found.state is ChipState.INTACT


@pytest.mark.parametrize(
    ("name", "data", "number"),
    [
        ("DG1", dg1((LINES[0], LINES[1].replace("7408122", "7508121"))), 1),
        ("DG2", dg2(jpeg(255 - drawn_portrait())), 2),
        ("DG1", CHIP.held["DG1"][:-1], 1),
    ],
    ids=["another birth date", "another portrait", "cut off"],
)
def test_that_an_altered_group_is_named(name: str, data: bytes, number: int) -> None:
    found = result(CHIP.but(**{name: data}))
    assert found.state is ChipState.ALTERED
    assert found.groups == {1: Group.AS_SIGNED, 2: Group.AS_SIGNED} | {number: Group.DIFFERS}
    assert f"Data group {number} is not as it was signed." in said(found)
    assert found.signature is Outcome.GOOD


def test_that_padding_of_the_chip_does_not_count() -> None:
    assert result(CHIP.but(DG1=CHIP.held["DG1"] + b"\x00" * 7)).state is ChipState.INTACT


def test_that_an_altered_list_is_not_as_signed() -> None:
    whole = CHIP.held["SOD"]
    forged = dg1((LINES[0].replace("ERIKSSON", "ERIKSEN<"), LINES[1]))
    old, new = (hashlib.sha256(each).digest() for each in (CHIP.held["DG1"], forged))
    found = result(CHIP.but(DG1=forged, SOD=whole.replace(old, new)))
    assert found.groups[1] is Group.AS_SIGNED
    assert found.signature is Outcome.BAD
    assert found.state is ChipState.ALTERED
    assert "changed after they were signed" in said(found)


def test_that_an_altered_signature_is_not_right() -> None:
    whole = bytearray(CHIP.held["SOD"])
    whole[-4] ^= 1
    assert result(CHIP.but(SOD=bytes(whole))).state is ChipState.ALTERED


def test_that_another_keys_signature_is_not_right() -> None:
    """The certificate of the true signer, the signature of a false one."""
    found = result(chip(Holder(key("P-256", 99), SIGNER.certificate)))
    assert (found.state, found.signature) == (ChipState.ALTERED, Outcome.BAD)


def test_that_a_wrong_digest_in_the_attributes_is_not_right() -> None:
    found = result(chip(SIGNER, digest=bytes(32)))
    assert (found.state, found.signature) == (ChipState.ALTERED, Outcome.BAD)


def test_that_attributes_out_of_order_are_accepted_as_signed_in_order() -> None:
    assert result(chip(SIGNER, unsorted=True)).state is ChipState.INTACT


def test_that_a_group_that_nobody_signed_is_not_as_signed() -> None:
    extra = element(0x6B, element(0x5F0E, b"SOMEBODY<<ELSE"))
    found = result(CHIP.but(DG11=extra))
    assert found.state is ChipState.ALTERED
    assert found.groups[11] is Group.NOT_SIGNED
    assert "Data group 11 is not in the signed list." in said(found)


def test_that_a_signed_group_that_is_not_given_is_told() -> None:
    found = result(CHIP.but(DG1=None))
    assert found.state is ChipState.INTACT
    assert found.groups == {1: Group.NOT_GIVEN, 2: Group.AS_SIGNED}
    assert "Data group 1 is signed, but not among the files." in said(found)


def test_that_a_missing_signature_is_a_state_of_its_own() -> None:
    found = result(CHIP.but(SOD=None))
    assert found.state is ChipState.UNSIGNED
    assert set(found.groups.values()) == {Group.UNCHECKED}
    assert "nothing shows that the contents are genuine" in said(found)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "nothing in it"),
        (b"\x77\x03\x02\x01\x05", "begins with element 2, not 30"),
        (CHIP.held["SOD"][:-9], "cut off"),
        (element(0x77, element(0x30, element(6, b"\x2a\x03"))), "not signed data"),
        (security_object({}, SIGNER), "list of data groups is empty"),
    ],
)
def test_that_a_broken_signature_cannot_be_verified(data: bytes, why: str) -> None:
    found = result(CHIP.but(SOD=data))
    assert found.state is ChipState.UNSUPPORTED
    assert "The signature of the chip (EF.SOD) cannot be read" in said(found)
    assert why in said(found)


def test_that_a_curve_that_is_not_supported_is_never_called_forged() -> None:
    spki = public_key(key("P-256", 10))
    named = bytes.fromhex("06082a8648ce3d030107")
    small = bytes.fromhex("06092b2403030208010105")
    whole = spki.dump()
    assert named in whole
    info = element(0x30, element(0x30, bytes.fromhex("06072a8648ce3d0201") + small) + whole[whole.find(b"\x03\x42\x00") :])
    other = signer(ROOT, spki=type(spki).load(info), identifiers=False)
    found = result(chip(other))
    assert (found.state, found.signature) == (ChipState.UNSUPPORTED, Outcome.UNSUPPORTED)
    assert "cannot be verified here: the curve brainpoolP224r1" in said(found)
    assert result(chip(other).but(DG1=dg1((LINES[0], LINES[1].replace("F", "M", 1))))).state is ChipState.ALTERED


def test_that_an_unknown_signer_of_intact_contents_is_told() -> None:
    found = result(CHIP, trusting(authority("P-384", number=1)))
    assert (found.state, found.signature) == (ChipState.SIGNER_UNKNOWN, Outcome.GOOD)
    assert found.anchor is None


def test_that_without_certificates_the_contents_are_still_compared() -> None:
    found = read_chip(CHIP, None, TODAY).result
    assert (found.state, found.signature) == (ChipState.NO_ANCHOR, Outcome.GOOD)
    assert found.groups == {1: Group.AS_SIGNED, 2: Group.AS_SIGNED}


def test_that_altered_contents_of_an_expired_signer_are_altered() -> None:
    found = result(CHIP.but(DG1=dg1((LINES[0], LINES[1].replace("F", "M", 1)))), today=date(2050, 1, 1))
    assert found.state is ChipState.ALTERED
    assert "only" in said(found), "that the signer has expired is said too"


def test_that_an_expired_signer_is_told() -> None:
    assert result(CHIP, today=date(2050, 1, 1)).state is ChipState.SIGNER_EXPIRED


def test_that_the_day_of_signing_is_compared_with_the_signers_time() -> None:
    then = chip(SIGNER, signed_on=date(2024, 5, 6))
    assert result(then).state is ChipState.INTACT
    late = result(then, today=date(2036, 6, 1))
    assert late.state is ChipState.SIGNER_EXPIRED
    assert "signed on 2024-05-06, when the signer's certificate was valid" in said(late)
    before = result(chip(SIGNER, signed_on=date(2012, 5, 6)))
    assert before.state is ChipState.SIGNER_EXPIRED
    assert "signed on 2012-05-06, when the signer's certificate was not valid" in said(before)


@pytest.mark.parametrize("content_type", ["1.3.27.1.1.1", "1.2.840.113549.1.7.1"])
def test_that_lists_are_read_whatever_States_call_them(content_type: str) -> None:
    assert result(chip(SIGNER, content_type=content_type)).state is ChipState.INTACT


def test_that_old_methods_are_said() -> None:
    found = result(chip(SIGNER, group_hash="sha1"))
    assert found.state is ChipState.INTACT
    assert "SHA-1" in said(found)


def test_that_a_certificate_that_is_not_on_the_chip_is_not_guessed() -> None:
    found = result(chip(SIGNER, certificate=False))
    assert found.state is ChipState.UNSUPPORTED
    assert "the signer's certificate is not there" in said(found)


@pytest.mark.parametrize("altered", [False, True])
@pytest.mark.parametrize(("kind", "pss", "indefinite"), [("P-256", False, False), ("RSA", True, False), ("RSA", False, True)])
def test_that_openssl_says_the_same(tmp_path: Path, kind: str, pss: bool, indefinite: bool, altered: bool) -> None:
    whole = chip(signer(ROOT, kind, pss=pss), indefinite=indefinite).held["SOD"]
    envelope = bytearray(tlv.only(whole, 0x77).content)
    if altered:
        at = envelope.find(hashlib.sha256(CHIP.held["DG1"]).digest())
        envelope[at + 3] ^= 1
    (tmp_path / "sod.der").write_bytes(envelope)
    asked = [
        "openssl",
        "cms",
        "-verify",
        "-noverify",
        "-binary",
        "-inform",
        "DER",
        "-in",
        str(tmp_path / "sod.der"),
        "-out",
        str(tmp_path / "content"),
    ]
    try:
        agrees = subprocess.run(asked, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        pytest.skip("no OpenSSL to compare with")
    found = result(CHIP.but(SOD=element(0x77, bytes(envelope))))
    assert (found.signature is Outcome.GOOD) is agrees is not altered
    if agrees:
        assert (tmp_path / "content").read_bytes() == sod.security_object(whole).signed.content


def test_that_cryptography_reads_certificates_the_same() -> None:
    for holder in (ROOT, SIGNER, signer(authority("RSA", pss=True), "RSA")):
        ours, theirs = certificates.certificate(holder.der), x509.load_der_x509_certificate(holder.der)
        assert (ours.serial, ours.valid_from, ours.valid_until) == (
            theirs.serial_number, theirs.not_valid_before_utc.date(), theirs.not_valid_after_utc.date()
        )  # fmt: skip # one comparison
        assert ours.signed_part == theirs.tbs_certificate_bytes
        assert ours.signature == theirs.signature
        assert ours.key_identifier == x509.SubjectKeyIdentifier.from_public_key(theirs.public_key()).digest
