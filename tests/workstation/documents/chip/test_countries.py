from workstation.documents.chip.countries import ISO, may_sign
from workstation.documents.mrz import states


def test_that_every_state_of_the_zone_has_two_letters() -> None:
    assert set(ISO) == states.ISO
    assert len(set(ISO.values())) == len(ISO)


def test_that_signers_belong_to_the_state_of_the_document() -> None:
    assert may_sign("pk", "PAK") is True
    assert may_sign("DE", "D") is True
    assert may_sign("CN", "HKG") is True
    assert may_sign("AF", "PAK") is False
    assert may_sign("ZZ", "XPO") is None
    assert may_sign("", "PAK") is None
