"""A name is a candidate only beside a birth date that agrees; the less the words agree, the more the date must."""

import pytest

from watchlists.traits.births import Birth, Sex
from watchlists.traits.name_rule import How, score, written
from watchlists.traits.person_names import PersonName


def found(asked: PersonName, listed: PersonName, birth: Birth = Birth.SAME, sex: Sex = Sex.AGREES) -> bool:
    return score(asked, listed, birth, sex) is not None


KHAN = written("Yousafzai", "Tariq Mehmood")


@pytest.mark.parametrize(
    ("surname", "given", "least"),
    [
        ("Yousafzai", "Tariq Mehmood", Birth.PART),
        ("YOUSAFZAI", "TAREK MAHMUD", Birth.PART),
        ("Tariq Mehmood", "Yousafzai", Birth.PART),
        ("Yousafzai", "Tariq", Birth.NEAR),
        ("", "Tariq Mehmood Yousafzai", Birth.PART),
        ("Yousafzai", "T M", Birth.NEAR),
        ("Yousagzai", "Tariq", Birth.NEAR),
        ("Awan", "Tariq Mehmood", Birth.SAME),
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


def test_that_a_name_without_a_birth_date_must_be_whole_and_rare() -> None:
    rare = written("Zerakpur", "Palwosh Tandar")
    assert found(rare, rare, Birth.UNKNOWN)
    assert not found(written("Zerakpur", "Palwosh"), rare, Birth.UNKNOWN)
    assert not found(KHAN, KHAN, Birth.UNKNOWN), "frequent names and no date are many people"
    common = written("Khan", "Muhammad Ali")
    assert not found(common, common, Birth.UNKNOWN)
    assert not found(common, common, Birth.PART), "common words and a year are many people"
    assert found(common, common, Birth.SAME)


def test_that_one_word_is_enough_only_where_a_document_says_no_other() -> None:
    assert found(written("Ibrahim", ""), written("Ibraheem", ""))
    assert not found(written("Ibrahim", ""), written("Ibrahim", ""), Birth.PART)
    assert not found(written("Ibrahim", ""), written("Daud", "Ibrahim Gul"))
    assert found(written("Tandar", ""), written("Tandar", "Ibrahim Gul")), "a rare word on the same day"
    assert not found(written("Khan", "Muhammad"), written("Khan", "Bilal"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bhatti|Muhammad Asif", "Bhatti|Muhammad Kashif"),
        ("Mehmood|Tariq", "Mehmood|Tahir"),
        ("Yousafzai|Imran Tariq", "Yousafzai|Irfan Tariq"),
        ("Khan|Tariq Javed", "Javed|Imran"),
        ("UNKNOWN|Zalmai", "UNKNOWN|"),
        ("Zhang|Wei Ming", "Zhang|Wei Min"),
    ],
)
def test_that_relatives_and_look_alikes_of_the_same_day_are_other_people(one: str, other: str) -> None:
    assert not found(written(*one.split("|")), written(*other.split("|")))


def test_that_a_family_name_may_change_where_the_given_names_agree() -> None:
    assert found(written("Tareen", "Ayesha Nasreen"), written("Soomro", "Ayesha Nasreen"))
    assert not found(written("Tareen", "Ayesha Nasreen"), written("Soomro", "Ayesha Nasreen"), Birth.NEAR)


def test_that_the_name_of_a_parent_speaks_for_a_record_and_is_no_name_of_it() -> None:
    record = written("Karim S/O Daud", "")
    assert (record.tokens, record.relatives) == (("karim",), ("daud",))
    assert not found(written("Osman", "Karim Saleem"), record)
    explained = score(written("Dawood", "Karim"), record, Birth.SAME, Sex.AGREES)
    assert explained is not None
    assert [each.how for each in explained.words] == [How.SAME, How.RELATIVE]


def test_that_a_part_that_is_not_known_is_not_missing() -> None:
    assert found(written("Mangal", "Khaista Gul"), written("LNU", "Khaista Gul"), Birth.PART)
    assert not found(written("Mangal", "Khaista Gul"), written("", "Khaista Gul"), Birth.PART)


@pytest.mark.parametrize(
    ("parted", "joined"),
    [
        ("Wazir|Noor Ullah", "Wazir|NOORULLAH"),
        ("Qazi|Shams ud Din", "Qazi|SHAMSUDDIN"),
        ("Zhang|Xiao Ming", "Zhang|XIAOMING"),
        ("Makhzoom|Rami", "RAMIMAKHZOOM|"),
        ("Ayaz|Sher-Gul", "Ayaz|SHERGUL"),
        ("Haq|Zia ul", "|ZIAULHAQ"),
        ("Ullah|Ehsan", "|IHSANULLAH"),
        ("علی زاده|رضا", "Alizadeh|Reza"),
        ("نور محمد|قریشی", "Qureshi|NOORMUHAMMAD"),
    ],
)
def test_that_names_agree_written_together_or_apart(parted: str, joined: str) -> None:
    one, other = written(*parted.split("|")), written(*joined.split("|"))
    assert found(one, other)
    assert found(other, one)


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
    explained = score(written("Tarek Mehmud", "Yousafzai Bilal"), KHAN, Birth.SAME, Sex.UNKNOWN)
    assert explained is not None
    assert {(each.asked, each.listed, each.how) for each in explained.words} == {
        ("yousafzai", "yousafzai", How.SAME),
        ("tarek", "tariq", How.SPELLING),
        ("mehmud", "mehmood", How.SPELLING),
    }
    assert (explained.asked_alone, explained.listed_alone, explained.exchanged) == (("bilal",), (), True)


def test_that_a_name_of_signs_alone_is_no_name() -> None:
    assert written("-", "'").tokens == ()
    assert score(written("", ""), KHAN, Birth.SAME, Sex.AGREES) is None
