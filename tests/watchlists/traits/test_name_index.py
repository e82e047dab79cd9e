"""The index finds exactly what comparing every name by the rule finds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from watchlists.traits import births
from watchlists.traits.name_index import NameIndex, Row
from watchlists.traits.name_rule import NameScore, score, written
from watchlists.traits.person_names import PersonName

WORDS = st.sampled_from(
    [
        "muhammad",
        "mohamed",
        "md",
        "m",
        "ali",
        "aly",
        "khan",
        "han",
        "müller",
        "mueller",
        "muller",
        "mullar",
        "ahmad",
        "achmed",
        "yusuf",
        "youssef",
        "tariq",
        "tarik",
        "t",
        "yousafzai",
        "yousafza",
        "yousa",
        "wickramasinghe",
        "wickrama",
        "abdul",
        "rahman",
        "abdulrahman",
        "al",
        "ibrahim",
        "ibrahem",
        "محمد",
        "юрий",
        "yuri",
        "o'neil",
        "oneil",
        "noor",
        "ullah",
        "noorullah",
        "noormuhammad",
        "نور",
        "اللہ",
        "نوراللہ",
        "shams",
        "ud",
        "din",
        "shamsuddin",
        "zhang",
        "xiao",
        "ming",
        "xiaoming",
        "张",
        "伟明",
        "weiming",
        "zia",
        "ul",
        "haq",
        "ziaulhaq",
        "الحق",
        "zerakpur",
        "zerak",
        "pur",
        "s/o",
        "unknown",
        "شرما",
        "शर्मा",
        "sharma",
    ]
)
NAMES = st.builds(
    lambda surname, given, cut: written(" ".join(surname), " ".join(given), cut_short=cut),
    st.lists(WORDS, max_size=2), st.lists(WORDS, max_size=4), st.booleans(),
)  # fmt: skip # one call
BORN = st.sampled_from(["", "1980", "1980-03", "1980-03-04", "1980-04-03", "1981-03-04", "1980-01-01", "1990-01-01"])
SEX = st.sampled_from(["", "F", "M"])
ROWS = st.lists(st.tuples(st.integers(1, 5), NAMES, BORN, SEX), max_size=8)


def naive(rows: list[Row], asked: PersonName, born: str, sex: str) -> list[tuple[int, NameScore]]:
    """Every row, one after another."""
    scored = (
        (owner, score(asked, name, births.births(births.parts(born), births.parts(listed)), births.sexes(sex, there)))
        for owner, name, listed, there in rows
        if name.tokens
    )
    return [(owner, each) for owner, each in scored if each is not None]


@settings(max_examples=600, deadline=None)
@given(ROWS, NAMES, BORN, SEX)
def test_that_a_search_finds_what_comparing_each_name_finds(rows: list[Row], asked: PersonName, born: str, sex: str) -> None:
    kept = [row for row in rows if row[1].tokens]
    found = list(NameIndex(kept).find(asked, born, sex))
    assert sorted(found, key=repr) == sorted(naive(kept, asked, born, sex), key=repr)


def test_that_no_names_find_nothing() -> None:
    assert list(NameIndex([]).find(written("Khan", "Ali"), "1980", "")) == []
