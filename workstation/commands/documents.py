"""`amaan mrz`: the machine-readable zone of a document, typed in or read from a picture. Nothing is searched or kept."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from matching.faces.images import decode
from workstation.capture.face_process import FaceProcess
from workstation.commands.document_answers import described, described_document, spoken, spoken_document
from workstation.commands.speaking import as_json, now, refusing, say_json
from workstation.documents import portrait
from workstation.documents.mrz import mrz
from workstation.documents.reading import NOT_READ, of_page
from workstation.documents.travel_document import Origin
from workstation.documents.zone_reader.reading import Pages
from workstation.errors import OperatorError


@click.command(name="mrz")
@click.argument("image", required=False, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--text", "lines", multiple=True, help="One line of the zone, or all of them with line breaks. Given once a line."
)
@click.option("--portrait", "with_portrait", is_flag=True, help="Find and grade the portrait too; takes a few seconds more.")
@as_json
@refusing
def mrz_command(image: Path | None, lines: tuple[str, ...], with_portrait: bool, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Read and check the machine-readable zone in the picture of a page, or lines typed as they are printed.

    Nothing is searched or kept.
    """
    if bool(lines) == (image is not None):
        raise OperatorError("Give the picture of a page, or the lines of its zone: --text LINE1 --text LINE2.")
    if image is not None:
        _read(image, with_portrait=with_portrait, as_json=as_json)
        return
    zone = mrz.parse("\n".join(lines), now().date())
    if as_json:
        say_json(described(zone))
    else:
        click.echo("\n".join(spoken(zone)))


def _read(path: Path, *, with_portrait: bool, as_json: bool) -> None:
    picture = decode(path.read_bytes())
    with ExitStack() as running:
        page = running.enter_context(page_reader()).read(picture, texts=True)
        holder = None
        if with_portrait and page.page is not None:
            holder = portrait.find(page.page, running.enter_context(_faces()))
    document = of_page(page, Origin.FILE, holder, now().date())
    if document.zone is None:
        why = page.why_not or NOT_READ
        raise OperatorError(why.template, **why.values)
    if as_json:
        say_json(described_document(document, document.zone, page))
    else:
        click.echo("\n".join(spoken_document(document, document.zone)))


@contextmanager
def page_reader() -> Iterator[Pages]:
    from workstation.documents.watching.page_process import PageProcess  # noqa: PLC0415 - typed lines need no reader of pages

    pages = PageProcess(lambda: now().date())
    try:
        pages.start()
        yield pages
    finally:
        pages.close()


@contextmanager
def _faces() -> Iterator[FaceProcess]:
    faces = FaceProcess()
    try:
        faces.start()
        yield faces
    finally:
        faces.close()
