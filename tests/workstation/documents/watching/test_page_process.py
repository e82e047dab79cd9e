"""The page process: a real one, killed for real."""

import os
import signal
from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from workstation.documents.mrz.mrz import TD3
from workstation.documents.watching.page_process import PageProcess, PageProcessDied
from workstation.documents.zone_reader.on_page import lines_on
from workstation.training_post.drawn.documents import document, page
from workstation.training_post.drawn.photographing import scanned

PHOTO = scanned(page(document(31, TD3), 300), 200)


@pytest.fixture(scope="module")
def process() -> Iterator[PageProcess]:
    started = PageProcess(lambda: date(2026, 11, 25))
    started.start()
    yield started
    started.close()


def test_that_a_page_is_read_elsewhere(process: PageProcess) -> None:
    read = process.read(PHOTO.image, texts=True)
    assert read.reading is not None
    assert read.reading.lines == PHOTO.lines
    assert read.page is not None
    assert process.read_print(read.page, lines_on(read)) == read.texts


def test_that_a_killed_process_fails_its_call_and_the_next_one_reads(process: PageProcess) -> None:
    process.read(PHOTO.image)
    before = process.restarts
    assert process._reading._process is not None
    os.kill(process._reading._process.pid or 0, signal.SIGKILL)
    with pytest.raises(PageProcessDied, match="once more"):
        process.read(PHOTO.image)
    assert process.read(PHOTO.image).reading is not None
    assert process.restarts == before + 1


def test_that_a_closed_process_says_so() -> None:
    process = PageProcess(lambda: date(2026, 11, 25))
    process.close()
    with pytest.raises(PageProcessDied):
        process.read(np.zeros((100, 100, 3), dtype=np.uint8))
