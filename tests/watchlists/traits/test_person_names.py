"""What stands in a field for names is taken apart: titles, kin, aliases, placeholders and words that are one name."""

import pytest

from watchlists.traits.person_names import read_names


def tokens(surname: str, given: str = "") -> list[tuple[str, ...]]:
    return [each.tokens for each in read_names(surname, given).names]


@pytest.mark.parametrize(
    "text", ["Karim S/O Daud", "Karim s/o. Daud", "Karim S / O Daud", "Karim son of Daud", "Karim ولد Daud", "Karim R/O Lahore"]
)
def test_that_a_relative_is_no_name_of_the_person(text: str) -> None:
    (name,) = read_names(text, "").names
    assert name.tokens == ("karim",)
    assert name.relatives in {("daud",), ("lahore",)}


@pytest.mark.parametrize("mark", ["urf", "alias", "@", "a.k.a.", "AKA", "عرف", "also known as"])
def test_that_each_name_beside_an_alias_is_searched(mark: str) -> None:
    assert tokens("Bhatti", f"Waqas {mark} Vicky") == [("bhatti", "waqas"), ("bhatti", "vicky")]


@pytest.mark.parametrize("text", ["UNKNOWN", "lnu", "FNU", "N/A", "-", "?", "XXX", "نامعلوم", "Not known", "Неизвестно"])
def test_that_a_placeholder_is_no_name_and_leaves_the_rest(text: str) -> None:
    (name,) = read_names(text, "Khaista Gul").names
    assert (name.tokens, name.partly_known) == (("khaista", "gul"), True)
    assert read_names(text, "").names == ()


@pytest.mark.parametrize(
    "titled", ["Haji Noor Wazir", "Dr. Noor Wazir", "Maulana Noor Wazir", "Alhaj Noor Wazir", "حاجی Noor Wazir"]
)
def test_that_titles_fall_away_where_a_name_is_left(titled: str) -> None:
    assert tokens(titled) == [("noor", "wazir")]
    assert tokens("Haji") == [("haji",)]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Noor Ullah Wazir", ("noor ullah", "wazir")),
        ("Shams ud Din Qazi", ("shams ud din", "qazi")),
        ("Abdul Rahman Awan", ("abdul rahman", "awan")),
        ("عبد الرحمان", ("عبد الرحمان",)),
        ("ضیاءالحق", ("ضیاء", "الحق")),
        ("张伟明", ("张", "伟明")),
        ("欧阳娜娜", ("欧阳", "娜娜")),
        ("김정은", ("김", "정은")),
        ("Vincent van Gogh", ("vincent", "gogh")),
    ],
)
def test_that_words_of_one_name_are_kept_together(text: str, whole: tuple[str, ...]) -> None:
    assert tokens(text) == [whole]


def test_that_a_surname_may_be_the_second_half_of_a_given_name() -> None:
    assert tokens("Ullah", "Ehsan") == [("ehsan ullah",)]
    assert tokens("Zhang", "Wei Ming") == [("zhang", "wei ming")]


def test_that_a_letter_that_nothing_reads_is_told() -> None:
    assert read_names("Khan \U00018b00", "").unreadable == ("\U00018b00",)
