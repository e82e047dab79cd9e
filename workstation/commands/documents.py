"""`amaan mrz`: the machine-readable zone of a document, typed in."""

import click

from workstation import mrz
from workstation.commands.speaking import as_json, now, refusing, say_json
from workstation.errors import OperatorError
from workstation.mrz import Zone


@click.command(name="mrz")
@click.option(
    "--text", "lines", multiple=True, help="One line of the zone, or all of them with line breaks. Given once a line."
)
@as_json
@refusing
def mrz_command(lines: tuple[str, ...], as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Parse and check the lines of a machine-readable zone, typed as they are printed. Nothing is searched or kept."""
    if not lines:
        raise OperatorError(
            "Give the lines of the zone: --text LINE1 --text LINE2. Reading them from a picture is not built yet."
        )
    zone = mrz.parse("\n".join(lines), now().date())
    if as_json:
        say_json(described(zone))
        return
    click.echo(f"{zone.format.name}, {zone.document_code} of {zone.issuing_state}, number {zone.number}")
    click.echo(
        f"{zone.names.surname.upper()}, {zone.names.given}; born {zone.born.text or 'not known'}; {zone.nationality} {zone.sex}"
    )
    click.echo(f"Expires {zone.expires.text or 'not known'}")
    for check in zone.checks:
        if not check.ok:
            click.echo(
                f"The check digit of the {check.name} is {check.found}; it should be {check.expected}. Look at the document."
            )
    for remark in zone.remarks:
        click.echo(str(remark))
    agree = "All check digits agree" if zone.checks_agree else "Not all check digits agree"
    click.echo(f"{agree}. No check digit covers: {', '.join(zone.unprotected)}.")


def described(zone: Zone) -> dict[str, object]:
    """As JSON: what is printed, what follows from it, and what no check digit covers."""
    return {
        "format": zone.format.name,
        "lines": list(zone.lines),
        "fields": {
            "document_code": zone.document_code,
            "issuing_state": zone.issuing_state,
            "surname": zone.names.surname,
            "given_names": zone.names.given,
            "name_may_be_cut_short": zone.names.cut_short,
            "number": zone.number,
            "nationality": zone.nationality,
            "birth_date": {"printed": zone.born.raw, "read": zone.born.text, "century_by_rule": zone.born.century_by_rule},
            "sex": zone.sex,
            "expiry_date": {
                "printed": zone.expires.raw,
                "read": zone.expires.text,
                "century_by_rule": zone.expires.century_by_rule,
            },
            "optional": list(zone.optional),
            "identity_number": zone.identity_number,
        },
        "checks": [
            {"of": check.name, "covers": check.covers, "printed": check.found, "expected": check.expected, "agrees": check.ok}
            for check in zone.checks
        ],
        "checks_agree": zone.checks_agree,
        "not_covered": list(zone.unprotected),
        "blind": dict(zone.blind),
        "remarks": [str(remark) for remark in zone.remarks],
    }
