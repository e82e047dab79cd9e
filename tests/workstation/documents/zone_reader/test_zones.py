"""Zones of which the detector saw only a part, or which lie the other way round."""

from dataclasses import replace

import numpy as np
import pytest

from matching.faces.opencv import cv2
from workstation.documents.mrz.mrz import TD1, TD3, Format
from workstation.documents.zone_reader import locating, scoring, zones
from workstation.documents.zone_reader.locating import Candidate
from workstation.documents.zone_reader.reading import ALPHABET
from workstation.training_post.drawn.documents import document, page
from workstation.training_post.drawn.photographing import scanned


def text(found: zones.FoundZone) -> tuple[str, ...]:
    return tuple("".join(ALPHABET[each] for each in line.scores.argmax(axis=1)) for line in found.scores(1.0))


@pytest.mark.parametrize(("form", "missing"), [(TD1, 0), (TD1, 2), (TD3, 0), (TD3, 1)])
def test_that_a_line_that_the_detector_missed_is_found(form: Format, missing: int) -> None:
    photo = scanned(page(document(41, form), 300), 200)
    grey = np.asarray(cv2.cvtColor(photo.image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    lines = locating.lines(locating.print_map(photo.image, 480), photo.image.shape)
    (whole, *_) = locating.candidates(lines)
    kept = tuple(line for place, line in enumerate(whole.lines) if place != missing)
    found = zones.attempt(photo.image, grey, Candidate(kept, whole.spacing), lines)
    assert found is not None
    assert len(found.lines) == form.lines
    read = text(found)
    assert sum(
        a == b for one, other in zip(read, photo.lines, strict=True) for a, b in zip(one, other, strict=True)
    ) > 0.98 * sum(map(len, photo.lines))


def test_that_a_line_seen_in_part_is_read_whole() -> None:
    photo = scanned(page(document(42, TD3), 300), 200)
    grey = np.asarray(cv2.cvtColor(photo.image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    lines = locating.lines(locating.print_map(photo.image, 480), photo.image.shape)
    (whole, *_) = locating.candidates(lines)
    part = tuple(replace(line, start=line.start + 0.2 * line.length) for line in whole.lines)
    found = zones.attempt(photo.image, grey, Candidate(part, whole.spacing), lines)
    assert found is not None
    assert [line.count for line in found.lines] == [44, 44]
    assert text(found)[1][:9] == photo.lines[1][:9]


def test_that_rows_are_probabilities() -> None:
    rng = np.random.default_rng(3)
    photo = scanned(page(document(43, TD1), 300), 200)
    grey = np.asarray(cv2.cvtColor(photo.image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    lines = locating.lines(locating.print_map(photo.image, 480), photo.image.shape)
    found = zones.attempt(photo.image, grey, locating.candidates(lines)[0], lines)
    assert found is not None
    logs = np.log(rng.dirichlet(np.ones(38), 30)).astype(np.float32)
    for rows in (*(each.scores for each in found.scores(1.0)), scoring.rows(logs, found.lines[0])):
        assert rows.shape == (30, 37)
        assert (rows >= 0).all()
        np.testing.assert_allclose(rows.sum(axis=1), 1, atol=1e-5)
