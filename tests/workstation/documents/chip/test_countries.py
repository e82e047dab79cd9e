from workstation.documents.chip.countries import may_sign


def test_that_signers_belong_to_the_state_of_the_document() -> None:
    assert may_sign("pk", "PAK") is True
    assert may_sign("DE", "D") is True
    assert may_sign("CN", "HKG") is True
    assert may_sign("AF", "PAK") is False
    assert may_sign("ZZ", "XPO") is None
    assert may_sign("", "PAK") is None
