import json

from workstation.sentences import Code, Sentence, frozen, thawed


def test_that_a_sentence_keeps_its_code_through_the_store() -> None:
    told = Sentence("The page shows {count} portraits.", {"count": 2}, Code.SEVERAL_PORTRAITS)
    assert thawed(json.loads(json.dumps(frozen(told)))) == told


def test_that_a_sentence_of_an_earlier_or_a_later_program_is_read_too() -> None:
    assert thawed(["It rains.", {}]) == Sentence("It rains.")
    assert thawed(["It rains.", {}, "a code of tomorrow"]) == Sentence("It rains.")
