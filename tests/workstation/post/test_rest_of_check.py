"""A long log is checked in part at opening and whole beside the work, and closing the post waits for neither."""

import threading

from workstation.errors import OperatorError
from workstation.post.rest_of_check import Progress, RestOfCheck
from workstation.sentences import Sentence


def test_that_nothing_runs_before_it_is_asked_for_or_when_nothing_waits() -> None:
    ran: list[int] = []
    rest = RestOfCheck(lambda _: ran.append(1), ran.append)  # type: ignore[arg-type] # never called
    rest.start()
    rest.stop()
    assert ran == []


def test_that_it_says_how_far_it_is_and_that_it_is_done() -> None:
    halfway, go_on = threading.Event(), threading.Event()

    def verify(progress: Progress) -> None:
        progress(5, 10)
        halfway.set()
        go_on.wait()
        progress(10, 10)

    rest = RestOfCheck(verify, lambda _: None)
    rest.wait()
    rest.start()
    halfway.wait()
    assert (rest.waits, rest.done, rest.of) == (True, 5, 10)
    go_on.set()
    while rest.waits:
        threading.Event().wait(0.001)
    rest.stop()


def test_that_closing_stops_it_in_the_middle() -> None:
    begun = threading.Event()

    def verify(progress: Progress) -> None:
        begun.set()
        while True:
            progress(1, 2)

    rest = RestOfCheck(verify, lambda _: None)
    rest.wait()
    rest.start()
    begun.wait()
    rest.stop()
    assert rest.waits


def test_that_a_store_that_cannot_be_read_to_its_end_is_said() -> None:
    said: list[Sentence] = []

    def verify(_: Progress) -> None:
        raise OperatorError("The store {path} is damaged.", path="x")

    rest = RestOfCheck(verify, said.append)
    rest.wait()
    rest.start()
    while rest.waits:
        threading.Event().wait(0.001)
    rest.stop()
    assert [str(each) for each in said] == ["The store x is damaged."]
