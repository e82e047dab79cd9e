"""`amaan screen` and `amaan faces`: one photograph searched, or only looked at."""

import sys
from pathlib import Path

import click

from matching.images import decode
from workstation.commands.speaking import (
    INCOMPLETE,
    as_json,
    login_option,
    post_option,
    refusing,
    say_json,
    signed_in,
)
from workstation.errors import OperatorError
from workstation.face_process import FaceProcess
from workstation.faces import Sighting
from workstation.screening import Screened
from workstation.sighting import described

photo_argument = click.argument("photo", type=click.Path(path_type=Path, dir_okay=False))


@click.command()
@photo_argument
@post_option
@login_option
@click.option(
    "--document",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Photograph of the traveller's document: the portrait on it is searched as well, as a screening of its own.",
)
@click.option("--take-anyway", is_flag=True, help="Search even when the picture is poor; the answer says so.")
@as_json
@refusing
def screen(photo: Path, folder: Path, login: str | None, document: Path | None, take_anyway: bool, as_json: bool) -> None:  # noqa: FBT001 - click
    """Search every active list for the face in PHOTO. Exit code 3 when the search was incomplete."""
    pictures = [("file", photo)] + ([("document", document)] if document else [])
    images = [(f"{kind}:{path.name}", decode(read(path))) for kind, path in pictures]
    with signed_in(folder, login, "officer") as desk:
        answered = [desk.screen(image, source=source, taken_by_hand=take_anyway).value for source, image in images]
    if as_json:
        say_json(_answer(answered[0]) | ({"document": _answer(answered[1])} if document else {}))
    else:
        for (kind, _), screened in zip(pictures, answered, strict=True):
            click.echo(f"{'Answer' if kind == 'file' else 'Document portrait'}: {screened.answer}")
            for reason in screened.reasons:
                click.echo(str(reason))
            if screened.alert_id is not None:
                click.echo(f"Alert {screened.alert_id} waits for the second line.")
    if any(screened.fault for screened in answered):
        sys.exit(INCOMPLETE)


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


def _face(sighting: Sighting) -> dict[str, object]:
    return described(sighting.face, sighting.quality)


def _answer(screened: Screened) -> dict[str, object]:
    receipt = screened.receipt
    return {
        "screening": screened.screening_id,
        "answer": screened.answer,
        "reasons": [str(reason) for reason in screened.reasons],
        "fault": screened.fault,
        "face": _face(screened.sighting) if screened.sighting else None,
        "candidates": [
            {
                "record": each.record_id,
                "list": each.watchlist,
                "purpose": each.purpose,
                "distance": round(each.distance, 4),
                "rank": each.rank,
            }
            for each in screened.candidates
        ],
        "alert": screened.alert_id,
        "receipt": receipt.parts() if receipt else None,
        "timings_ms": dict(screened.timings_ms),
    }
