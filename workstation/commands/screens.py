"""`amaan screen` and `amaan faces`: one photograph searched, or only looked at."""

import sys
from pathlib import Path

import click

from matching.faces.finding import Face
from matching.faces.images import Image, decode
from watchlists.records import reading
from workstation.alerts.closeness import time_warning
from workstation.capture.face_process import FaceProcess
from workstation.capture.face_reader import Sighting
from workstation.capture.sightings import described
from workstation.commands.documents import page_reader
from workstation.commands.speaking import (
    INCOMPLETE,
    as_json,
    login_option,
    now,
    post_option,
    refusing,
    say_json,
    signed_in,
)
from workstation.desk.desk import Desk
from workstation.documents.evidence import DocumentSummary
from workstation.documents.reading import typed
from workstation.documents.travel_document import Origin, TravelDocument
from workstation.errors import OperatorError
from workstation.screening.portrait_comparison import sentences
from workstation.screening.screening import Screened

photo_argument = click.argument("photo", type=click.Path(path_type=Path, dir_okay=False))


@click.command()
@click.argument("photo", required=False, type=click.Path(path_type=Path, dir_okay=False))
@post_option
@login_option
@click.option(
    "--document",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Photograph of the traveller's document: name, numbers and portrait are searched beside the face.",
)
@click.option("--mrz", "lines", multiple=True, help="One line of the document's zone, typed. Given once a line.")
@click.option(
    "--chip",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder with the exported files of the document's chip; compared with the page, its portrait is used.",
)
@click.option("--no-photo", default="", help="Why no photograph of the traveller is possible; then PHOTO is left out.")
@click.option("--with", "companion", type=int, help="A screening of somebody who travels along.")
@click.option("--after", type=int, help="The earlier screening of the same traveller that this one takes the place of.")
@click.option(
    "--also",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="A further photograph of the same traveller, used together with PHOTO. May be given three times.",
)
@click.option("--take-anyway", is_flag=True, help="Search even when the picture is poor; the answer says so.")
@as_json
@refusing
def screen(
    photo: Path | None,
    folder: Path,
    login: str | None,
    document: Path | None,
    lines: tuple[str, ...],
    chip: Path | None,
    no_photo: str,
    companion: int | None,
    after: int | None,
    also: tuple[Path, ...],
    take_anyway: bool,  # noqa: FBT001 - click passes flags by name
    as_json: bool,  # noqa: FBT001 - click passes flags by name
) -> None:
    """Search every active list for the face in PHOTO and for what a document says. Exit code 3 when that was incomplete."""
    if document is not None and lines:
        raise OperatorError("Give the picture of the document or its typed lines, not both.")
    image = decode(read(photo)) if photo is not None else None
    further = [(path, decode(read(path))) for path in also]
    page = decode(read(document)) if document is not None else None
    with signed_in(folder, login, "officer") as desk:
        answered = desk.counter.screen(
            image,
            source=f"file:{photo.name}" if photo is not None else "none",
            taken_by_hand=take_anyway,
            others=[(each, _only_face(desk, path, each)) for path, each in further],
            document=_document(desk, page, lines, chip),
            no_photo=no_photo,
            after=after,
            with_companions=companion,
        ).value
    if as_json:
        say_json(_answer(answered))
    else:
        _say(answered)
    if answered.fault:
        sys.exit(INCOMPLETE)


def _document(desk: Desk, page: Image | None, lines: tuple[str, ...], chip: Path | None) -> TravelDocument | None:
    document = typed("\n".join(lines), now().date()) if lines else None
    if page is not None:
        with page_reader() as pages:
            document = desk.counter.read_page(page, Origin.FILE, pages)
    return document if chip is None else desk.counter.read_chip(chip, document)


def _say(screened: Screened) -> None:
    click.echo(f"Answer: {screened.answer}")
    for reason in screened.reasons:
        click.echo(str(reason))
    for sentence in sentences(screened.portrait) if screened.portrait is not None else ():
        click.echo(f"Portrait: {sentence}")
    for each in screened.searched:
        done = "complete" if each.complete else "not complete" if each.eligible else "not searched"
        click.echo(f"Searched, {each.what}: {done}, {each.compared} of {each.eligible} compared.")
    if screened.alert_id is not None:
        click.echo(f"Alert {screened.alert_id} waits for the second line.")


@click.command()
@photo_argument
@as_json
@refusing
def faces(photo: Path, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Find the faces in PHOTO and say how good the picture is. Nothing is searched and nothing is kept."""
    image = decode(read(photo))
    process = FaceProcess()
    try:
        process.start()
        sightings = process.look(image)
    finally:
        process.close()
    if as_json:
        say_json({"width": image.shape[1], "height": image.shape[0], "faces": [_face(each) for each in sightings]})
        return
    click.echo(f"{len(sightings)} faces")
    for each in sightings:
        box = each.face.box
        fix = each.quality.fix.value if each.quality.fix else "Nothing to fix."
        click.echo(f"{box.left},{box.top} {box.width}x{box.height}  quality {each.quality.score} of 100  {fix}")
        for measure in each.quality.measures:
            native = "not assessable" if measure.native is None else f"{measure.native:.2f} {measure.unit}"
            click.echo(f"    {measure.name}: {native}" + ("" if measure.score is None else f", {measure.score}"))


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OperatorError(
            "{path} cannot be read: {why}. Check the name and the permissions.", path=path, why=error.strerror
        ) from error


@click.command()
@photo_argument
@post_option
@login_option
@as_json
@refusing
def investigate(photo: Path, folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click's flag
    """The nearest missing children to the face in PHOTO, for calm review: a short list beside the threshold."""
    image = decode(read(photo))
    with signed_in(folder, login, "second") as desk:
        found = desk.second_line.investigate(image).value
    if as_json:
        say_json(
            {
                "children": found.children,
                "not_searched": found.not_searched,
                "candidates": [
                    {
                        "rank": each.rank,
                        "record": each.record_id,
                        "distance": round(each.distance, 4),
                        "within_threshold": each.within,
                        "one_in_strangers": round(each.closeness.one_in.value),
                        "taken_on": each.taken_on,
                        "age_then": each.age_then,
                        "months_since": each.closeness.months,
                        "warning": time_warning(each.closeness.months),
                    }
                    for each in found.candidates
                ],
            }
        )
        return
    click.echo(f"{found.children} entries of children were compared. A face that looks alike is a lead, never a decision.")
    for each in found.candidates:
        name = reading.full_name(each.particulars)
        age = f", {each.closeness.months} months ago" if each.closeness.months is not None else ", date not known"
        place = "within the threshold" if each.within else "beyond the threshold"
        warning = time_warning(each.closeness.months)
        click.echo(f"{each.rank}  record {each.record_id} {name}: photograph{age}; {place}{'; ' + warning if warning else ''}")


def _only_face(desk: Desk, path: Path, image: Image) -> Face:
    seen = desk.counter.look(image)
    if len(seen) != 1:
        raise OperatorError("{path} shows {count} faces; it takes one.", path=path, count=len(seen))
    return seen[0].face


def _face(sighting: Sighting) -> dict[str, object]:
    return described(sighting.face, sighting.quality)


def _answer(screened: Screened) -> dict[str, object]:
    """What the counter may know: neither list nor purpose nor distance, which belong to the second line."""
    receipt = screened.receipt
    return {
        "screening": screened.screening_id,
        "answer": screened.answer,
        "reasons": [str(reason) for reason in screened.reasons],
        "fault": screened.fault,
        "face": _face(screened.sighting) if screened.sighting else None,
        "alert": screened.alert_id,
        "document": _described(screened.document) if screened.document else None,
        "portrait": [str(each) for each in sentences(screened.portrait)] if screened.portrait else None,
        "searched": [
            {
                "what": each.what,
                "complete": each.complete,
                "compared": each.compared,
                "eligible": each.eligible,
                "excluded": dict(each.excluded),
                "why_not": str(each.why_not) if each.why_not else None,
            }
            for each in screened.searched
        ],
        "receipt": {"at": receipt.at, "complete": receipt.complete, "signature": receipt.signature} if receipt else None,
        "timings_ms": dict(screened.timings_ms),
    }


def _described(document: DocumentSummary) -> dict[str, object]:
    return {
        "origin": document.origin,
        "format": document.format,
        "checks": dict(document.checks),
        "chip": document.chip,
        "findings": [str(each) for each in document.findings],
    }
