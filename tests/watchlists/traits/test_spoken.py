"""Every script that passports come from is read as it may be spoken, and meets its Latin spelling."""

import pytest

from watchlists.traits.name_sounds import alike, word
from watchlists.traits.spoken import MOST, spoken, unreadable


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("جمیل", "Jamil"), ("وقاص", "Waqas"), ("ابراہیم", "Ibrahim"), ("انور", "Anwar"), ("یحییٰ", "Yahya"), ("صالح", "Saleh"),
        ("بھٹی", "Bhatti"), ("ٹھاکر", "Thakur"), ("ګلاب", "Gulab"), ("سپوږمۍ", "Spozhmai"), ("څرګند", "Tsargand"),
        ("ڪلھوڙو", "Kalhoro"), ("ڄام", "Jam"), ("شێرکۆ", "Sherko"), ("بەرزانی", "Barzani"), ("ئىلھام", "Ilham"), ("تۇرسۇن", "Tursun"),
        ("سیاوش", "Siavash"), ("ليلى", "Layla"), ("राजेश", "Rajesh"), ("श्रीवास्तव", "Srivastava"), ("ਗੁਰਪ੍ਰੀਤ", "Gurpreet"),
        ("জাহাঙ্গীর", "Jahangir"), ("சுரேஷ்", "Suresh"), ("రాజు", "Raju"), ("Παπαδόπουλος", "Papadopoulos"), ("Χρήστος", "Christos"),
        ("სააკაშვილი", "Saakashvili"), ("Պետրոսյան", "Petrosyan"), ("נתניהו", "Netanyahu"), ("שרה", "Sarah"), ("Щербаков", "Shcherbakov"),
        ("Ҷамшед", "Jamshed"), ("Жақсылық", "Zhaksylyk"), ("Ђорђевић", "Djordjevic"), ("伟明", "Weiming"), ("สมชาย", "Somchai"),
    ],
)  # fmt: skip # a table
def test_that_a_name_of_another_script_meets_its_latin_spelling(written: str, latin: str) -> None:
    assert alike(word(written), word(latin))


@pytest.mark.parametrize(
    ("written", "latin"), [("جمیل", "Jamal"), ("ګل", "L"), ("حسن", "Hussain"), ("राजेश", "Rakesh"), ("عمر", "Umair")]
)
def test_that_another_name_does_not(written: str, latin: str) -> None:
    assert not alike(word(written), word(latin))


def test_that_readings_are_few_and_latin_has_none() -> None:
    assert spoken("khan") == ()
    assert 0 < len(spoken("وووضثذقغظصخ")) <= MOST


def test_that_a_letter_without_a_known_sound_is_told() -> None:
    assert unreadable("Khan \U00018b00 ДЪ אע") == ("\U00018b00",)
    for readable in (
        "احمد عبدالله ئاراس ڪلھوڙو",
        "राजेश ਗੁਰਪ੍ਰੀਤ জাহাঙ্গীর",
        "Юлия Ғалым",
        "张伟明 김정은 たなか",
        "สมชาย ኃይለ Łukasz",
        "שרה יעקב",
    ):
        assert unreadable(readable) == (), readable
