"""`amaan chip`: the files of a document's chip, and whether a State signed just these contents."""

from pathlib import Path

import click

from workstation.commands.document_answers import described
from workstation.commands.speaking import as_json, now, refusing, say_json
from workstation.documents.chip.comparison import compare
from workstation.documents.chip.folder import ChipFiles, read_folder
from workstation.documents.chip.signing.certificates import Certificate
from workstation.documents.chip.signing.trust import Trust, read_trust
from workstation.documents.chip.verification import NOT_SHOWN, Verification
from workstation.documents.reading import typed
from workstation.documents.travel_document import ChipState


@click.command(name="chip")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--trust",
    "certificates",
    type=click.Path(path_type=Path),
    help="Folder of country certificates (.cer, .crt, .der, .pem), master lists (.ml) and lists of withdrawn ones (.crl).",
)
@click.option(
    "--mrz", "lines", multiple=True, help="One line of the printed zone, to be compared with the chip. Given once a line."
)
@as_json
@refusing
def chip_command(
    folder: Path,
    certificates: Path | None,
    lines: tuple[str, ...],
    as_json: bool,  # noqa: FBT001 - click passes flags by name
) -> None:
    """Read and check the files of a chip that a reader exported to FOLDER: EF.DG1, DG2, SOD. Nothing is searched or kept."""
    trust = None if certificates is None else read_trust(certificates)
    files = read_folder(folder, trust, now().date())
    printed = typed("\n".join(lines), now().date()).zone if lines else None
    differences = compare(printed, files.zone) if printed is not None and files.zone is not None else ()
    if as_json:
        say_json(_described(files, trust) | {"differs_from_page": [str(each) for each in differences]})
        return
    zone = files.zone
    if zone is not None:
        click.echo(f"{zone.format.name}, {zone.document_code} of {zone.issuing_state}, number {zone.number}")
        born = zone.born.text or "not known"
        click.echo(f"{zone.names.surname.upper()}, {zone.names.given}; born {born}; {zone.nationality} {zone.sex}")
    for detail in files.details:
        click.echo(f"{detail.name}: {detail.text}")
    if files.portrait is not None:
        height, width = files.portrait.shape[:2]
        click.echo(f"Portrait: {width} x {height} points")
    click.echo(f"Chip: {files.result.state}")
    for number, state in files.result.groups.items():
        click.echo(f"  DG{number}: {state}")
    for name, each in _vouching(files.result):
        click.echo(f"  {name}: {each.subject}, number {each.serial}, valid {each.valid_from} to {each.valid_until}")
    if files.result.state is ChipState.INTACT:
        click.echo(str(NOT_SHOWN))
    for sentence in (
        *differences,
        *files.result.sentences,
        *files.remarks,
        *(zone.remarks if zone else ()),
        *(trust.remarks if trust else ()),
    ):
        click.echo(str(sentence))


def _vouching(result: Verification) -> list[tuple[str, Certificate]]:
    named = (("signer", result.signer), ("vouched for by", result.anchor.certificate if result.anchor else None))
    return [(name, each) for name, each in named if each is not None]


def _described(files: ChipFiles, trust: Trust | None) -> dict[str, object]:
    result = files.result
    return {
        "state": result.state,
        "data_groups": {f"DG{number}": state for number, state in result.groups.items()},
        "signature": result.signature,
        "signer": _certificate(result.signer),
        "anchor": None
        if result.anchor is None
        else {**(_certificate(result.anchor.certificate) or {}), "file": result.anchor.file},
        "sentences": [str(each) for each in result.sentences],
        "remarks": [str(each) for each in files.remarks],
        "trust": None if trust is None else _trusted(trust),
        "zone": None if files.zone is None else described(files.zone),
        "details": {each.name: each.text for each in files.details},
        "portrait": None if files.portrait is None else {"width": files.portrait.shape[1], "height": files.portrait.shape[0]},
    }


def _certificate(certificate: Certificate | None) -> dict[str, object] | None:
    if certificate is None:
        return None
    return {
        "subject": certificate.subject,
        "issuer": certificate.issuer,
        "serial": f"{certificate.serial:x}",
        "valid_from": certificate.valid_from,
        "valid_until": certificate.valid_until,
    }


def _trusted(trust: Trust) -> dict[str, object]:
    return {
        "certificates": len(trust.anchors),
        "countries": sorted(trust.countries),
        "lists_of_withdrawn": len(trust.revocations),
        "remarks": [str(each) for each in trust.remarks],
    }
