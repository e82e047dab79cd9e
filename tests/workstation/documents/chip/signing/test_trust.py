from datetime import date
from pathlib import Path

import pytest
from asn1crypto import pem

from tests.chip_files import TODAY, Holder, authority, issue, key, master_list, signer, withdrawals, written_out
from workstation.documents.chip.signing import certificates, chain
from workstation.documents.chip.signing.certificates import Certificate
from workstation.documents.chip.signing.trust import Trust, read_trust
from workstation.documents.chip.tlv import Malformed
from workstation.documents.travel_document import ChipState
from workstation.errors import OperatorError


def folder_of(folder: Path, **files: bytes) -> Path:
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return folder


def read(holder: Holder) -> Certificate:
    return certificates.certificate(holder.der)


def state(who: Holder, trust: Trust | None, today: date = TODAY) -> ChipState:
    return chain.follow(read(who), trust, today).state


def said(who: Holder, trust: Trust | None, today: date = TODAY) -> str:
    return " ".join(str(each) for each in chain.follow(read(who), trust, today).sentences)


def test_that_certificates_are_read_in_every_form(tmp_path: Path) -> None:
    one, two, three = (
        authority(),
        authority("RSA", "CSCA 2", pss=True),
        authority("P-256", "CSCA 3", spki=written_out(key("P-256"))),
    )
    both = pem.armor("CERTIFICATE", two.der) + pem.armor("CERTIFICATE", three.der)
    trust = read_trust(folder_of(tmp_path, a_cer=one.der, b_pem=both, readme_txt=b"not looked at"))
    assert [each.file for each in trust.anchors] == ["a.cer", "b.pem", "b.pem"]
    assert trust.countries == {"UT"}
    assert trust.remarks == ()


def test_that_a_certificate_says_what_it_is() -> None:
    found = read(signer(authority()))
    assert found.subject == "C=UT, O=Utopia, CN=Document signer 1"
    assert (found.issuer, found.country, found.serial) == ("C=UT, O=Utopia, CN=CSCA Utopia", "UT", 77)
    assert (found.valid_from, found.valid_until) == (date(2020, 1, 1), date(2036, 1, 1))
    assert not found.is_self_issued
    assert found.is_authority is None


def test_that_a_number_of_thousands_of_digits_is_damage() -> None:
    with pytest.raises(Malformed, match="of more than 64 bytes"):
        read(signer(authority(), serial=1 << 20_000))


def test_that_a_master_list_gives_its_certificates(tmp_path: Path) -> None:
    one, two = authority(), authority("RSA", "CSCA 2", country="XX")
    trust = read_trust(folder_of(tmp_path, UT_ml=master_list([one.der, two.der, b"\x30\x03\x02\x01\x00"], signer(one))))
    assert trust.countries == {"UT", "XX"}
    assert [str(each) for each in trust.remarks] == ["1 certificates in UT.ml cannot be read."]
    assert state(signer(two, country="XX"), trust) is ChipState.INTACT


def test_that_an_altered_master_list_is_left_out(tmp_path: Path) -> None:
    made = master_list([authority().der], signer(authority()))
    at = made.find(b"CSCA Utopia")
    trust = read_trust(folder_of(tmp_path, UT_ml=made[:at] + b"CSCA Utopik" + made[at + 11 :]))
    assert trust.anchors == ()
    assert "The file UT.ml among the country certificates is left out: its contents are not as they were signed." in str(
        trust.remarks[0]
    )


@pytest.mark.parametrize("data", [b"", b"not a certificate", b"\x30\x80" * 5000, b"\x30\x84\xff\xff\xff\xff"])
@pytest.mark.parametrize("name", ["a_cer", "a_pem", "a_ml", "a_crl"])
def test_that_a_damaged_file_is_told_and_the_rest_is_used(tmp_path: Path, name: str, data: bytes) -> None:
    trust = read_trust(folder_of(tmp_path, **{name: data, "b_cer": authority().der}))
    assert len(trust.anchors) == 1
    assert len(trust.remarks) == 1


def test_that_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="There is no folder"):
        read_trust(tmp_path / "none")


@pytest.mark.parametrize("identifiers", [True, False], ids=["key identifiers", "names only"])
@pytest.mark.parametrize("kind", ["P-384", "RSA"])
def test_that_the_issuer_is_found(tmp_path: Path, kind: str, identifiers: bool) -> None:
    root = authority(kind, pss=kind == "RSA", identifiers=identifiers)
    trust = read_trust(folder_of(tmp_path, a_cer=root.der, b_cer=authority("P-256", "Another CSCA").der))
    followed = chain.follow(read(signer(root, identifiers=identifiers)), trust, TODAY)
    assert followed.state is ChipState.INTACT
    assert followed.anchor is not None
    assert followed.anchor.certificate.der == root.der


def test_that_the_country_is_the_last_way_to_find_the_issuer(tmp_path: Path) -> None:
    written = authority(name="CSCA UTOPIA", identifiers=False)
    as_named = Holder(written.key, authority(name="Written otherwise", identifiers=False).certificate)
    trust = read_trust(folder_of(tmp_path, a_cer=written.der))
    assert state(signer(as_named, identifiers=False), trust) is ChipState.INTACT


def test_that_no_certificates_and_none_of_the_country_are_told_apart(tmp_path: Path) -> None:
    trust = read_trust(folder_of(tmp_path, a_cer=authority().der))
    stranger = signer(authority("P-256", "CSCA Pakistan", country="PK"), country="PK")
    for nothing in (None, Trust()):
        assert state(stranger, nothing) is ChipState.NO_ANCHOR
        assert "No certificates of countries are installed here" in said(stranger, nothing)
    assert state(stranger, trust) is ChipState.NO_ANCHOR
    assert "No certificate of PK is installed here" in said(stranger, trust)


def test_that_a_signer_of_a_false_authority_is_unknown(tmp_path: Path) -> None:
    trust = read_trust(folder_of(tmp_path, a_cer=authority().der))
    false = authority("P-384", number=1)
    assert state(signer(false), trust) is ChipState.SIGNER_UNKNOWN
    assert "vouches for the signer C=UT" in said(signer(false), trust)


def test_that_no_state_vouches_for_signers_of_another(tmp_path: Path) -> None:
    trust = read_trust(folder_of(tmp_path, a_cer=authority().der))
    pretender = signer(authority(), country="PK")
    assert state(pretender, trust) is ChipState.SIGNER_UNKNOWN
    assert "calls itself one of PK, but it is UT that vouches for it" in said(pretender, trust)


def test_that_a_certificate_for_something_else_signs_no_documents(tmp_path: Path) -> None:
    trust = read_trust(folder_of(tmp_path, a_cer=authority().der))
    lists = signer(authority(), purpose="2.23.136.1.1.3")
    assert state(lists, trust) is ChipState.SIGNER_UNKNOWN
    assert "is for master lists, not for documents" in said(lists, trust)


def test_that_a_signer_is_no_authority(tmp_path: Path) -> None:
    """A document signer in the folder vouches for nobody, whatever it is called."""
    middle = issue("CSCA Utopia", key("P-256"), authority(number=3))
    trust = read_trust(folder_of(tmp_path, a_cer=middle.der, b_cer=authority().der))
    assert [each.file for each in trust.anchors] == ["b.cer"]
    assert state(signer(middle), trust) is ChipState.SIGNER_UNKNOWN


def test_that_a_link_certificate_vouches_for_signers_of_the_newer_key(tmp_path: Path) -> None:
    old = authority(name="CSCA Utopia")
    new_key = key("P-384", 5)
    link = issue("CSCA Utopia", new_key, old, authority=True, serial=5)
    trust = read_trust(folder_of(tmp_path, old_cer=old.der, link_cer=link.der))
    followed = chain.follow(read(signer(link)), trust, TODAY)
    assert followed.state is ChipState.INTACT
    assert followed.anchor is not None
    assert followed.anchor.file == "link.cer"


@pytest.mark.parametrize("today", [date(2019, 12, 31), date(2036, 1, 2)])
def test_that_a_signer_out_of_its_time_is_told(tmp_path: Path, today: date) -> None:
    trust = read_trust(folder_of(tmp_path, a_cer=authority(valid=(date(2015, 1, 1), date(2040, 1, 1))).der))
    someone = signer(authority())
    assert state(someone, trust, today) is ChipState.SIGNER_EXPIRED
    assert "valid from 2020-01-01 to 2036-01-01 only" in said(someone, trust, today)


def test_that_an_authority_out_of_its_time_is_told(tmp_path: Path) -> None:
    trust = read_trust(folder_of(tmp_path, a_cer=authority(valid=(date(2015, 1, 1), date(2019, 1, 1))).der))
    assert state(signer(authority()), trust) is ChipState.SIGNER_EXPIRED
    assert "issued when the one that vouches for it was not valid" in said(signer(authority()), trust)


def test_that_a_withdrawn_signer_is_told(tmp_path: Path) -> None:
    root = authority()
    trust = read_trust(folder_of(tmp_path, a_cer=root.der, b_crl=withdrawals(root, [5, 77])))
    assert state(signer(root), trust) is ChipState.SIGNER_REVOKED
    assert state(signer(root, serial=78), trust) is ChipState.INTACT
    assert said(signer(root, serial=78), trust) == ""
    assert "UT has withdrawn the signer's certificate" in said(signer(root), trust)


def test_that_a_withdrawn_authority_is_told(tmp_path: Path) -> None:
    root = authority("P-384", serial=4)
    trust = read_trust(folder_of(tmp_path, a_cer=root.der, b_crl=withdrawals(root, [4])))
    assert state(signer(root), trust) is ChipState.SIGNER_REVOKED


def test_that_a_false_list_of_withdrawals_does_not_count(tmp_path: Path) -> None:
    root = authority()
    false = withdrawals(authority("P-384", number=1), [77])
    trust = read_trust(folder_of(tmp_path, a_cer=root.der, b_crl=false))
    assert state(signer(root), trust) is ChipState.INTACT
    assert "No list of withdrawn certificates of UT" in said(signer(root), trust)


def test_that_an_old_list_of_withdrawals_is_told(tmp_path: Path) -> None:
    root = authority()
    old = withdrawals(root, [], issued=date(2025, 1, 1), due=date(2025, 4, 1))
    trust = read_trust(folder_of(tmp_path, a_cer=root.der, b_crl=old))
    assert "is of 2025-01-01 and out of date" in said(signer(root), trust)
