"""A name is a candidate only beside a birth date that agrees; the less the words agree, the more the date must."""

import pytest

from watchlists.traits.births import Birth, Sex
from watchlists.traits.name_rule import How, PersonName, score, written


def found(asked: PersonName, listed: PersonName, birth: Birth = Birth.SAME, sex: Sex = Sex.AGREES) -> bool:
    return score(asked, listed, birth, sex) is not None


KHAN = written("Yousafzai", "Tariq Mehmood")


@pytest.mark.parametrize(
    ("surname", "given", "least"),
    [
        ("Yousafzai", "Tariq Mehmood", Birth.PART),
        ("YOUSAFZAI", "TAREK MAHMUD", Birth.PART),
        ("Tariq Mehmood", "Yousafzai", Birth.PART),
        ("Yousafzai", "Tariq", Birth.PART),
        ("", "Tariq Mehmood Yousafzai", Birth.PART),
        ("Yousafzai", "T M", Birth.NEAR),
        ("Yousagzai", "Tariq", Birth.NEAR),
        ("Awan", "Tariq Mehmood", Birth.SAME),
        ("Yousafzai", "", Birth.SAME),
    ],
)
def test_that_weaker_names_need_a_closer_birth_date(surname: str, given: str, least: Birth) -> None:
    asked = written(surname, given)
    order = [Birth.SAME, Birth.NEAR, Birth.PART]
    for birth in order[: order.index(least) + 1]:
        assert found(asked, KHAN, birth), birth
    for birth in (*order[order.index(least) + 1 :], Birth.DIFFERS):
        assert not found(asked, KHAN, birth), birth


def test_that_a_birth_date_that_contradicts_ends_it() -> None:
    assert not found(KHAN, KHAN, Birth.DIFFERS)


def test_that_a_name_without_a_birth_date_must_be_whole_and_telling() -> None:
    assert found(KHAN, KHAN, Birth.UNKNOWN)
    assert not found(written("Yousafzai", "Tariq"), KHAN, Birth.UNKNOWN)
    common = written("Khan", "Muhammad Ali")
    assert not found(common, common, Birth.UNKNOWN)
    assert not found(common, common, Birth.PART), "common words and a year are many people"
    assert found(common, common, Birth.SAME)


def test_that_one_common_word_is_never_enough() -> None:
    assert not found(written("Khan", ""), written("Khan", ""))
    assert not found(written("Khan", "Muhammad"), written("Khan", "Bilal"))


def test_that_another_sex_needs_everything_else_to_agree() -> None:
    assert found(KHAN, KHAN, Birth.SAME, Sex.DIFFERS)
    assert not found(KHAN, KHAN, Birth.NEAR, Sex.DIFFERS)
    assert not found(written("Yousafzai", "T"), KHAN, Birth.SAME, Sex.DIFFERS)


def test_that_a_name_cut_short_by_the_line_agrees_as_far_as_it_goes() -> None:
    whole = written("Wickramasinghe", "Sirimavo Ratwatte")
    cut = written("Wickramasinghe", "Sirimavo Ratw", cut_short=True)
    explained = score(cut, whole, Birth.PART, Sex.AGREES)
    assert explained is not None
    assert [each.how for each in explained.words] == [How.SAME, How.SAME, How.CUT]


@pytest.mark.parametrize("listed", ["Abdul Rahman", "Abd al-Rahman", "Abdurrahman", "Abdulrehman", "ABD EL RAHMAN"])
def test_that_servant_names_are_one_word(listed: str) -> None:
    assert found(written("Awan", "Abdul Rahman"), written("Awan", listed), Birth.PART)


def test_that_the_explanation_says_what_agreed_and_how() -> None:
    explained = score(written("Tarek", "Yousafzai Bilal"), KHAN, Birth.SAME, Sex.UNKNOWN)
    assert explained is not None
    assert {(each.asked, each.listed, each.how) for each in explained.words} == {
        ("yousafzai", "yousafzai", How.SAME),
        ("tarek", "tariq", How.SPELLING),
    }
    assert (explained.asked_alone, explained.listed_alone, explained.exchanged) == (("bilal",), ("mehmood",), True)


def test_that_a_name_of_signs_alone_is_no_name() -> None:
    assert written("-", "'").tokens == ()
    assert score(written("", ""), KHAN, Birth.SAME, Sex.AGREES) is None
