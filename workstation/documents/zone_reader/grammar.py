"""From rows of scores to one reading: what may stand where, and check digits as constraints on the whole.

Another character than the one read is taken only where the reader itself doubted. A check digit that is wrong in print stays
wrong: where nobody doubted, nothing is changed.
"""

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from watchlists.traits import states
from workstation.documents.mrz import mrz
from workstation.documents.mrz.check_digits import FILLER, value
from workstation.documents.mrz.mrz import FORMATS, Format
from workstation.documents.zone_reader.lattice import Explanation, explain
from workstation.documents.zone_reader.places import FIRST, Field, Place, fields, layouts, look_alikes
from workstation.documents.zone_reader.reading import ALPHABET, Change, Doubt, LineScores, Why, ZoneReading
from workstation.errors import OperatorError

DOUBTED = 0.02
"""From this probability on another character may be taken."""
LOOK_ALIKE_DOUBTED = 0.005
"""The same for a character that readers of OCR-B take for the one read."""
BY_PLACE = 0.0005
"""The same where the place alone tells a letter from a digit: an O in a date is a 0."""
LEFT_OPEN = math.log(50)
"""A reading that is at most so much less probable is not excluded."""
GUESSED = 0.7
"""A character that the reader gave less is marked even if its check digit agrees: a wrong print may have been misread right."""
FURTHEST = 14.0
"""So much less probable (natural logarithm) than its own best characters a reading may be."""
MOST_CHANGED = 3
"""With more characters changed, check digits agree by chance."""
SUREST_UNREAD = math.log(0.75)
"""Below this mean the characters are guesses."""
UNREAD = 0.2
"""A place whose best character has less was not read at all; `MOST_UNREAD` of them are too many."""
MOST_UNREAD = 3
_UNUSUAL = math.log(1e-3)
_UNKNOWN_STATE = math.log(0.03)
"""A code that 9303-3 does not list: States print such ones, so that it may tip a doubt and never overrule clear print."""
_AFTER_ITS_END = math.log(1e-6)
_MISFIT = 3.0
_AMONG_FILLERS = math.log(20)
_MOST_MISSING = 2
_LENGTH_COST = 2.0
_END_COST = 1.0
_STATES = frozenset({"issuing state", "nationality"})
_ROW = {character: n for n, character in enumerate(ALPHABET)}
_Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Line:
    scores: _Scores
    unseen: tuple[int, ...] = ()
    """Columns at which a filler of a run was put in, or one taken out."""
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    form: Format
    lines: tuple[_Line, ...]
    read: Mapping[Place, str]
    taken: Mapping[Place, str]
    explanation: Explanation
    strict: Explanation | None
    """Among the readings that break no more check digits; None where at most one covered place is in doubt."""
    options: Mapping[Place, Mapping[str, float]]
    misfits: int
    score: float


def decide(lines: Sequence[LineScores], today: date, *, in_ocr_b: bool = True) -> ZoneReading:
    """The most probable reading of two or three lines. OperatorError where it would be a guess.

    Where they are not `in_ocr_b` every place that no check digit covers is a doubt: the readers know no other type face.

    `as_read` holds each place's most probable character, among those that its place allows where the place alone tells
    letters from digits; `lines` is the reading that check digits, dates and codes of States make the most probable.
    """
    candidates = [
        found
        for form in FORMATS
        if form.lines == len(lines)
        for fitted in itertools.product(*(_fitted(each.scores, form.length) for each in lines))
        if (found := _candidate(form, fitted)) is not None
    ]
    if not candidates:
        raise OperatorError(
            "The lines have {lengths} characters, which is no form of a travel document. Lay the document so that the whole "
            "zone is in the picture, or type the lines.",
            lengths=", ".join(str(len(each.scores)) for each in lines) or 0,
        )
    best = max(candidates, key=lambda each: each.score)
    _refuse_guesses(best)
    _refuse_shifted_names(lines)
    read, taken = _text(best, best.read), _text(best, best.taken)
    raw = {place: best.lines[place[0]].scores[place[1]] for place in best.read}
    changes = tuple(
        Change(*place, best.read[place], best.taken[place], float(raw[place][_ROW[best.taken[place]]]))
        for place in sorted(best.read)
        if best.read[place] != best.taken[place]
    )
    zone = mrz.parse(taken, today)
    by_place = {place: field for field in fields(best.form) for place in field.places()}
    certainty = tuple(
        tuple(_certainty(raw[row, column], by_place[row, column], character) for column, character in enumerate(line))
        for row, line in enumerate(taken)
    )
    doubts = tuple(
        filter(None, (_doubt(best, place, by_place[place], raw[place], in_ocr_b=in_ocr_b) for place in sorted(by_place)))
    )
    quads = tuple(each.quad for each in lines)
    return ZoneReading(read, taken, changes, doubts, certainty, quads, zone, mrz.parse(read, today))


def _fitted(scores: NDArray[np.float32], length: int) -> tuple[_Line, ...]:
    """The line at this length: as it is, with a filler more or less in a run of them, without unread places at its ends."""
    rows = scores.astype(np.float64)
    found = _at_length(rows, length)
    unread = rows.max(axis=1) < UNREAD
    first, last = int(unread.argmin()), int(unread[::-1].argmin())
    if 0 < first + last <= _MOST_MISSING:
        within = rows[first : len(rows) - last]
        found += tuple(replace(each, cost=each.cost - _END_COST) for each in _at_length(within, length))
    return found


def _at_length(rows: _Scores, length: int) -> tuple[_Line, ...]:
    """With fillers put into or taken out of one of its three longest runs, for up to two characters."""
    missing = length - len(rows)
    if missing == 0:
        return (_Line(rows),)
    if abs(missing) > _MOST_MISSING:
        return ()
    found = []
    for start, stop in sorted(_runs(rows), key=lambda run: run[0] - run[1])[:3]:
        if missing < 0 and stop - start <= -missing:
            continue
        if missing > 0:
            filler = np.full((missing, len(ALPHABET)), 0.04 / (len(ALPHABET) - 1))
            filler[:, _ROW[FILLER]] = 0.96
            changed, unseen = np.insert(rows, [stop] * missing, filler, axis=0), tuple(range(stop, stop + missing))
        else:
            changed, unseen = np.delete(rows, range(stop + missing, stop), axis=0), (stop + missing - 1,)
        found.append(_Line(changed, unseen, -_LENGTH_COST * abs(missing)))
    return tuple(found)


def _runs(rows: _Scores) -> list[tuple[int, int]]:
    is_filler = rows.argmax(axis=1) == _ROW[FILLER]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], is_filler.astype(np.int8), [0]))))
    return [(int(start), int(stop)) for start, stop in edges.reshape(-1, 2) if stop - start > 1]


def _candidate(form: Format, lines: tuple[_Line, ...]) -> _Candidate | None:
    """The best reading in this format; None where its first letter was surely read as another kind of document's."""
    options: dict[Place, dict[str, float]] = {}
    first = set(_admissible(lines[0].scores[0], fields(form)[0]))
    if (form.visa and "V" not in first) or (not form.visa and first == {"V"}):
        return None
    misfits = 0
    for field in fields(form):
        for place in field.places():
            options[place] = _admissible(lines[place[0]].scores[place[1]], field)
            misfits += any(each not in field.mask for each in options[place])
            row = lines[place[0]].scores[place[1]]
            top = ALPHABET[int(row.argmax())]
            if field.name in _STATES and top != "0":
                # Codes that 9303 does not list are printed, with digits too: what was read stays possible. O and 0 look alike.
                options[place].setdefault(top, _log(float(row.max())))
    read = {place: max(fits, key=fits.__getitem__) for place, fits in options.items()}
    taken, score = _outside_checks(form, read, options)
    weighed = _weighed(form, read, options)
    ways = layouts(form, {place: list(fits) for place, fits in options.items()})
    explanation = _merged([explain(layout, weighed) for layout in ways])
    taken.update(explanation.taken)
    open_ = sum(len(options[place]) > 1 for place in explanation.taken)
    strict = _merged([explain(layout, weighed, strictly=True) for layout in ways]) if open_ > 1 else None
    checked = math.log(10) * (len(ways[0].checks) + (ways[0].composite is not None))
    total = score + explanation.score + checked + sum(each.cost for each in lines) - _MISFIT * misfits
    return _Candidate(form, lines, read, taken, explanation, strict, options, misfits, total)


def _merged(explanations: Sequence[Explanation]) -> Explanation:
    """The best of several layouts, and of every character the best layout that holds it."""
    best = max(explanations, key=lambda each: each.score)
    best_with: dict[tuple[Place, str], float] = {}
    for each in explanations:
        for way, worth in each.best_with.items():
            best_with[way] = max(worth, best_with.get(way, -math.inf))
    return Explanation(best.score, best.taken, best_with)


def _admissible(row: _Scores, field: Field) -> dict[str, float]:
    """The characters that the reader's own doubt allows here, with the logarithms of their probabilities.

    Where the place tells letters from digits only those that it allows; the most probable one whatever it is, where none does.
    """
    top = ALPHABET[int(row.argmax())]
    alike = look_alikes(top)
    found = {top: _log(float(row[_ROW[top]]))}
    for n in np.flatnonzero(row >= LOOK_ALIKE_DOUBTED).tolist():
        if row[n] >= DOUBTED or ALPHABET[n] in alike:
            found[ALPHABET[n]] = _log(float(row[n]))
    fitting = {each: score for each, score in found.items() if each in field.mask}
    by_place = {each: _log(float(row[_ROW[each]])) for each in alike if each in field.mask and row[_ROW[each]] >= BY_PLACE}
    return fitting or by_place or {top: found[top]}


def _weighed(
    form: Format, read: Mapping[Place, str], options: Mapping[Place, Mapping[str, float]]
) -> dict[Place, Mapping[str, float]]:
    """The options, a doubtful filler between fillers in optional data made more probable: a lone K there is one."""
    weighed = dict(options)
    for field in fields(form):
        if field.name != "optional data":
            continue
        for line, column in field.places():
            around = {read.get((line, column - 1)), read[line, column + 1] if column + 1 < field.stop else FILLER}
            fits = options[line, column]
            if around == {FILLER} and FILLER in fits and len(fits) > 1:
                weighed[line, column] = {**fits, FILLER: fits[FILLER] + _AMONG_FILLERS}
    return weighed


def _outside_checks(
    form: Format, read: Mapping[Place, str], options: Mapping[Place, Mapping[str, float]]
) -> tuple[dict[Place, str], float]:
    """What to take where no check digit helps: the best names, codes of States and document code; elsewhere what was read."""
    taken = dict(read)
    score = 0.0
    checked = {"number", "birth", "expiry", "composite"} | (set() if form.visa else {"optional data"})
    for field in fields(form):
        places = list(field.places())
        if field.name in checked or field.name.endswith("check"):
            continue
        if field.name == "names":
            worth, text = _names([options[place] for place in places])
        elif field.name in _STATES:
            worth, text = _best([options[place] for place in places], _known_state)
        elif places == [(0, 0)]:
            worth, text = _best([options[0, 0]], lambda each: 0.0 if each in FIRST[form.name] else _UNUSUAL)
        else:
            worth, text = sum(options[place][read[place]] for place in places), "".join(read[place] for place in places)
        score += worth
        taken.update(zip(places, text, strict=True))
    return taken, score


def _known_state(code: str) -> float:
    return 0.0 if states.is_known(code) else _UNKNOWN_STATE


def _best(options: Sequence[Mapping[str, float]], prior: Callable[[str], float]) -> tuple[float, str]:
    return max(
        (sum(score for _, score in picked) + prior(text), text)
        for picked in itertools.product(*(each.items() for each in options))
        for text in ("".join(each for each, _ in picked),)
    )


def _names(options: Sequence[Mapping[str, float]]) -> tuple[float, str]:
    """The best name field: it begins with a letter, has two fillers in a row once, and nothing after three (9303-3, 4.6).

    What was read as a filler stays one: the form of a name tells a filler from a letter, never which letter.
    """
    best = {(0, False): (0.0, "")}
    """By fillers in a row up to here, and whether the surname has ended."""
    for place, fits in enumerate(options):
        reached: dict[tuple[int, bool], tuple[float, str]] = {}
        for (fillers, ended), (worth, text) in best.items():
            kept = {FILLER: fits[FILLER]} if place and max(fits, key=fits.__getitem__) == FILLER else fits
            for character, score in kept.items():
                is_filler = character == FILLER
                over = fillers == 3 or (fillers == 2 and ended)
                prior = _UNUSUAL * (is_filler and place == 0) + _AFTER_ITS_END * (not is_filler and over)
                now = (worth + score + prior, text + character)
                after = (min(fillers + 1, 3), ended) if is_filler and place else (0, ended or fillers >= 2)
                reached[after] = max(reached.get(after, now), now)
        best = reached
    return max(best.values())


def _refuse_guesses(best: _Candidate) -> None:
    tops = {place: best.lines[place[0]].scores[place[1]].max() for place in best.taken}
    away = sum(_log(float(tops[place])) - _log(_given(best, place)) for place in best.taken if not _by_place(best, place))
    changed = sum(best.read[place] != character for place, character in best.explanation.taken.items())
    unread = sum(float(top) < UNREAD for top in tops.values())
    mean = sum(_log(float(top)) for top in tops.values()) / len(tops)
    far = away + _MISFIT * best.misfits > FURTHEST
    if unread >= MOST_UNREAD or changed > MOST_CHANGED or far or mean < SUREST_UNREAD:
        unclear = sum(float(top) < GUESSED or _given(best, place) < float(top) for place, top in tops.items())
        raise OperatorError(
            "The lines cannot be read with certainty: {count} characters are unclear or cannot stand where they do. Lay the "
            "document flat and without glare and take the picture again, or type the lines.",
            count=max(unclear, best.misfits),
        )


def _refuse_shifted_names(lines: Sequence[LineScores]) -> None:
    """No check digit tells that a line of names was read one place too far on: only that nothing stood at its last place."""
    row = 2 if len(lines) == 3 else 0
    tops = lines[row].scores.max(axis=1)
    if tops[-1] < UNREAD <= tops[0]:
        raise OperatorError(
            "The end of line {line} was not read, so that its first letter may be missing. Take the picture again with the "
            "whole line in it, or type the lines.",
            line=row + 1,
        )


def _given(best: _Candidate, place: Place) -> float:
    """What the reader gave the character that was taken."""
    return float(best.lines[place[0]].scores[place[1], _ROW[best.taken[place]]])


def _by_place(best: _Candidate, place: Place) -> bool:
    """Whether the place alone made it another character than the most probable, and one that looks like it."""
    top = ALPHABET[int(best.lines[place[0]].scores[place[1]].argmax())]
    return best.taken[place] == best.read[place] and best.taken[place] in look_alikes(top)


def _doubt(best: _Candidate, place: Place, field: Field, row: _Scores, *, in_ocr_b: bool) -> Doubt | None:
    """What else may stand at this place, if anything."""
    line, column = place
    taken = best.taken[place]
    covered = (place, taken) in best.explanation.best_with
    if covered:
        floor = best.explanation.score - LEFT_OPEN
        guessed = _certainty(row, field, taken) < GUESSED and taken == best.read[place]
        others = [
            each
            for each in best.options[place]
            if guessed or best.explanation.best_with.get((place, each), -math.inf) >= floor or _cancels(best, place, each)
        ]
    else:
        others = [ALPHABET[n] for n in np.flatnonzero(row >= LOOK_ALIKE_DOUBTED).tolist() if ALPHABET[n] in field.mask]
        twin = {"O": "0", "0": "O", "I": "1", "1": "I"}.get(taken, "")
        others += [] if field.certain else list(twin)
        others += [] if taken in field.mask else [each for each in look_alikes(taken) if each in field.mask]
        # OCR-B leaves it to the place to tell O from 0: in a nationality it is no doubt, and every page would bear the mark.
        top = ALPHABET[int(row.argmax())]
        others += [each for each in (best.read[place], top) if row[_ROW[each]] >= DOUBTED and each != twin]
    open_ = sorted(set(others) - {taken}, key=lambda each: -float(row[_ROW[each]]))
    unseen = column in best.lines[line].unseen or not (in_ocr_b or covered)
    if not open_ and not unseen:
        return None
    if unseen or row[_ROW[taken]] < DOUBTED:
        why = Why.UNSURE
    elif covered:
        blind = value(open_[0]) % 10 == value(taken) % 10 or _cancels(best, place, open_[0])
        why = Why.BLIND if blind else Why.UNSURE
    else:
        why = Why.UNSURE if row[_ROW[open_[0]]] >= DOUBTED else Why.UNCOVERED
    return Doubt(line, column, best.read[place], "".join(open_), why)


def _cancels(best: _Candidate, place: Place, other: str) -> bool:
    """Whether a look-alike here and another elsewhere would go unseen together: O for 0 twice. Such slips come in pairs."""
    strict = best.strict
    if strict is None or other not in look_alikes(best.taken[place]) or strict.taken != best.explanation.taken:
        return False
    return strict.best_with.get((place, other), -math.inf) >= strict.score - 2 * LEFT_OPEN


def _certainty(row: _Scores, field: Field, character: str) -> float:
    """The reader's own probability of the character, among those that its place allows."""
    own = float(row[_ROW[character]])
    allowed = float(row[_columns(field.mask)].sum()) + (0.0 if character in field.mask else own)
    return own / allowed if allowed > 0 else 0.0


@cache
def _columns(mask: str) -> NDArray[np.intp]:
    return np.array([_ROW[each] for each in mask])


def _text(best: _Candidate, characters: Mapping[Place, str]) -> tuple[str, ...]:
    return tuple("".join(characters[line, column] for column in range(best.form.length)) for line in range(best.form.lines))


def _log(probability: float) -> float:
    return math.log(max(probability, 1e-9))
