"""Which two letters stand in the certificates of the State that Doc 9303 writes with three (ISO 3166-1), and the exceptions."""

from watchlists.traits.states import TWO_LETTERS, state

_ALSO = {
    "RKS": {"KS", "XK", "RK"},
    "EUE": {"EU"},
    "UNO": {"UN"},
    "UNA": {"UN"},
    "UNK": {"UN"},
    "GBD": {"GB"},
    "GBN": {"GB"},
    "GBO": {"GB"},
    "GBP": {"GB"},
    "GBS": {"GB"},
    "HKG": {"HK", "CN"},
    "MAC": {"MO", "CN"},
    "UTO": {"UT"},
}


def may_sign(country: str, issuing_state: str) -> bool | None:
    """Whether signers of `country` (two letters) sign documents of `issuing_state`; None where the State is not known here."""
    bare = state(issuing_state)
    expected = _ALSO.get(bare) or ({TWO_LETTERS[bare]} if bare in TWO_LETTERS else None)
    return None if expected is None or not country else country.upper() in expected
