"""The page of the bench tells every rate that was asked for, and takes no markup from outside."""

from typing import Any

from workstation.bench.reports import page

RATE = {"value": 0.0123, "low": 0.008, "high": 0.019}
ANSWER: dict[str, Any] = {
    "photos": 12,
    "people": 5,
    "encoder": {"name": "<b>net</b>", "digest": "ab" * 32},
    "failure_to_acquire": {"count": 1, "rate": 0.08},
    "interval": "90 of 100 cases",
    "scores": {
        "plain": {
            "verification": {
                "det": [[0.3, 1e-3, 0.2], [0.4, 1e-2, 0.1]],
                "at_fmr": [{"fmr": 0.001, "threshold": 0.3, "fnmr": RATE}],
                "equal_error": None,
                "mated_people": 4,
                "mated_pairs": 9,
                "pairs_of_strangers": 40,
                "not_carried": [1e-6],
            },
            "identification": [
                {"entries": 3, "strangers": 2, "mated_people": 3, "fpir": 0.01, "fnir": "too few"},
            ],
            "groups": [
                {
                    "fmr": 0.001,
                    "threshold": 0.31,
                    "set_by": "South & East",
                    "groups": [{"name": "South & East", "people": 3, "fmr": RATE, "fnmr": RATE, "fnmr_difference": RATE}],
                }
            ],
        },
        "other": {"verification": {"refused": "Too few people."}},
    },
    "comparison": [{"first": "plain", "second": "other", "fmr": 0.001, "fnmr_difference": RATE}],
}


def test_that_a_page_tells_every_rate_with_its_band() -> None:
    text = page(ANSWER, "A bench")
    for said in (
        "12 photographs of 5 people",
        "1.23 % (0.800 % to 1.90 %)",
        "too few</td>",
        "other: Too few people.",
        "FMR 1e-06",
        "not on the curve",
        "other less plain",
        "set by South &amp; East",
        "<svg",
    ):
        assert said in text, said


def test_that_no_markup_comes_from_outside() -> None:
    text = page(ANSWER, "<script>")
    assert "<script>" not in text
    assert "&lt;b&gt;net&lt;/b&gt;" in text


def test_that_an_answer_without_scores_is_still_a_page() -> None:
    assert "photographs" in page({**ANSWER, "scores": {}, "comparison": ()}, "Empty")
