import subprocess
from collections.abc import Callable

import pytest
from asn1crypto import algos, core, keys
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from tests.chip_files import P256, algorithm, key, public_key, sign, written_out
from workstation.documents.chip import tlv
from workstation.documents.chip.signing import curves
from workstation.documents.chip.signing.signatures import Outcome, Verified, verify
from workstation.documents.chip.tlv import Element, Malformed, element

MESSAGE = b"what was signed"


def as_element(made: core.Asn1Value) -> Element:
    return tlv.only(made.dump(force=True))


def verified(kind: str, *, pss: bool = False, hash_name: str = "sha256", message: bytes = MESSAGE) -> Verified:
    holder = key(kind)
    signature = sign(holder, MESSAGE, pss=pss, hash_name=hash_name)
    algo = algorithm(holder, pss=pss, hash_name=hash_name)
    return verify(as_element(public_key(holder)), as_element(algo), "", signature, message)


@pytest.mark.parametrize("hash_name", ["sha1", "sha256", "sha384", "sha512"])
@pytest.mark.parametrize(
    ("kind", "pss"), [("RSA", False), ("RSA", True), ("P-256", False), ("P-384", False), ("brainpool", False)]
)
def test_that_a_right_signature_is_good_and_another_message_bad(kind: str, pss: bool, hash_name: str) -> None:
    assert verified(kind, pss=pss, hash_name=hash_name) == Verified(Outcome.GOOD, hash_name=hash_name)
    assert verified(kind, pss=pss, hash_name=hash_name, message=b"another").outcome is Outcome.BAD


def test_that_a_bare_algorithm_takes_the_hash_beside_it() -> None:
    for kind, oid in (("RSA", "1.2.840.113549.1.1.1"), ("P-256", "1.2.840.10045.2.1")):
        bare = Element(0x30, b"", element(0x30, core.ObjectIdentifier(oid).dump()))
        bare = tlv.only(bare.whole)
        assert (
            verify(as_element(public_key(key(kind))), bare, "sha256", sign(key(kind), MESSAGE), MESSAGE).outcome is Outcome.GOOD
        )
        assert (
            verify(as_element(public_key(key(kind))), bare, "", sign(key(kind), MESSAGE), MESSAGE).outcome
            is Outcome.UNSUPPORTED
        )


def test_that_missing_parameters_are_taken_from_the_certificates_key() -> None:
    holder = key("RSA")
    info = public_key(holder)
    full = algorithm(holder, pss=True)
    info["algorithm"] = keys.PublicKeyAlgorithm({"algorithm": "rsassa_pss", "parameters": full["parameters"]})
    bare = tlv.only(element(0x30, core.ObjectIdentifier("1.2.840.113549.1.1.10").dump()))
    assert verify(as_element(info), bare, "", sign(holder, MESSAGE, pss=True), MESSAGE).outcome is Outcome.GOOD


def test_that_plain_signatures_are_read() -> None:
    holder = key("P-256")
    r, s = decode_dss_signature(sign(holder, MESSAGE))
    plain = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    algo = tlv.only(element(0x30, core.ObjectIdentifier("0.4.0.127.0.7.1.1.4.1.3").dump()))
    assert verify(as_element(public_key(holder)), algo, "", plain, MESSAGE).outcome is Outcome.GOOD


def test_that_a_curve_written_out_is_its_named_curve() -> None:
    holder = key("P-256")
    signature = sign(holder, MESSAGE)
    assert (
        verify(as_element(written_out(holder)), as_element(algorithm(holder)), "", signature, MESSAGE).outcome is Outcome.GOOD
    )


def test_that_another_generator_is_no_named_curve() -> None:
    """CVE-2020-0601: with the public point as generator, the private key is 1."""
    holder = key("P-256")
    numbers = holder.public_key().public_numbers()
    assert isinstance(numbers, ec.EllipticCurvePublicNumbers)
    forged = written_out(holder, generator=(numbers.x, numbers.y))
    answer = verify(as_element(forged), as_element(algorithm(holder)), "", sign(holder, MESSAGE), MESSAGE)
    assert answer.outcome is Outcome.UNSUPPORTED
    assert "written out" in str(answer.why)


OPENSSL = {
    "prime192v1": "secp192r1",
    "secp224r1": "secp224r1",
    "prime256v1": "secp256r1",
    "secp384r1": "secp384r1",
    "secp521r1": "secp521r1",
}
OPENSSL |= {name: name for name in ("brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1")}


@pytest.mark.parametrize(("name", "known"), OPENSSL.items())
def test_that_curves_written_out_by_openssl_are_known(name: str, known: str) -> None:
    asked = ["openssl", "ecparam", "-name", name, "-param_enc", "explicit", "-outform", "DER"]
    done = subprocess.run(asked, capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"this OpenSSL does not write {name}")
    assert curves.curve_of(keys.ECDomainParameters.load(done.stdout)).name.lower() == known.lower()


@pytest.mark.parametrize(("oid", "named"), [("1.3.36.3.3.2.8.1.1.5", "brainpoolP224r1"), ("1.3.132.0.10", "1.3.132.0.10")])
def test_that_a_curve_that_cannot_be_computed_with_is_named(oid: str, named: str) -> None:
    domain = keys.ECDomainParameters.load(core.ObjectIdentifier(oid).dump())
    with pytest.raises(Malformed, match=named):
        curves.curve_of(domain)


def rsa_key(modulus: int, exponent: int) -> Element:
    info = keys.PublicKeyInfo.wrap(keys.RSAPublicKey({"modulus": modulus, "public_exponent": exponent}), "rsa")
    return as_element(info)


@pytest.mark.parametrize(
    ("public", "why"),
    [
        (lambda: rsa_key(2**511 + 1, 65537), "512 bits"),
        (lambda: rsa_key(2**16383 + 1, 65537), "16384 bits"),
        (lambda: rsa_key(2**2047 + 1, 2**2046 + 1), "exponent of 2047 bits"),
        (lambda: rsa_key(2**2047 + 1, 1), "exponent of 1 bits"),
        (lambda: as_element(public_key(key("P-256"))), "another kind"),
    ],
)
def test_that_keys_that_take_long_or_do_not_fit_cannot_be_told_about(public: Callable[[], Element], why: str) -> None:
    answer = verify(public(), as_element(algorithm(key("RSA"))), "", sign(key("RSA"), MESSAGE), MESSAGE)
    assert answer.outcome is Outcome.UNSUPPORTED
    assert why in str(answer.why)


def test_that_a_point_off_its_curve_cannot_be_told_about() -> None:
    spki = public_key(key("P-256")).dump()
    answer = verify(
        tlv.only(spki[:-1] + bytes([spki[-1] ^ 1])),
        as_element(algorithm(key("P-256"))),
        "",
        sign(key("P-256"), MESSAGE),
        MESSAGE,
    )
    assert answer.outcome is Outcome.UNSUPPORTED
    assert "not on its curve" in str(answer.why)


@pytest.mark.parametrize("name", ["sha256_dsa", "md5_rsa"])
def test_that_other_algorithms_are_named(name: str) -> None:
    algo = algos.SignedDigestAlgorithm({"algorithm": name})
    answer = verify(as_element(public_key(key("RSA"))), as_element(algo), "", b"x", MESSAGE)
    assert answer.outcome is Outcome.UNSUPPORTED
    assert algo["algorithm"].dotted in str(answer.why)


def test_that_the_curve_of_the_tests_is_the_one_of_the_standard() -> None:
    p, x, y = P256["p"], P256["x"], P256["y"]
    assert (y * y - x**3 + 3 * x - P256["b"]) % p == 0
    point = ec.derive_private_key(1, ec.SECP256R1()).public_key()
    assert point.public_numbers().x == x
    assert point.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)[-32:] == y.to_bytes(
        32, "big"
    )
