"""`amaan calibrate` and `amaan evaluate`: measuring on photographs of known people."""

from pathlib import Path

import click
import platformdirs
from rich.console import Console
from rich.table import Table

from matching.rates import scale as scales
from matching.rates.scale import Scale
from workstation.bench import calibrating, evaluating, measuring, reports
from workstation.bench.evaluating import NORMALISED, Scored, Wanted
from workstation.bench.measuring import Measured, Photo
from workstation.commands.speaking import as_json, login_option, progress, refusing, say_json, signed_in
from workstation.errors import OperatorError

cache_option = click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where templates are kept between starts, by photograph and encoder. They are biometric data: delete them afterwards.",
)
network_option = click.option(
    "--network",
    type=click.Path(path_type=Path, dir_okay=False),
    help="An ArcFace-type ONNX network (112 x 112) instead of dlib's.",
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the cohort and calibration.json.")
@click.option(
    "--post", "post", type=click.Path(path_type=Path, file_okay=False), help="Give it to this post, which then uses it."
)
@login_option
@click.option("--data", default="", help="What the photographs are, in words; kept in the file.")
@cache_option
@network_option
@as_json
@refusing
def calibrate(
    folder: Path,
    out: Path | None,
    post: Path | None,
    login: str | None,
    data: str,
    cache: Path | None,
    network: Path | None,
    as_json: bool,  # noqa: FBT001 - click passes flags by name
) -> None:
    """Make cohort and calibration from FOLDER, which holds one folder of photographs per person. Numbers only are kept."""
    if (out is None) == (post is None):
        raise OperatorError("Say where the calibration goes: either --out and a folder, or --post and the post.")
    measured = _measured(measuring.photos_in(folder), cache, network)
    with progress("cohorts") as bar:
        task = bar.add_task("Calibrating", total=None)
        made = calibrating.calibrate(
            measured, data or folder.name, lambda done, every: bar.update(task, completed=done, total=every)
        )
    if out is not None:
        made.save(out)
    elif post is not None:
        with signed_in(post, login, "supervisor") as desk:
            desk.operating.take_calibration(made)
    found = made.calibration
    answer = {
        "folder": str(out or post),
        "encoder": found.encoder,
        "cohort": found.cohort,
        "people": found.people,
        "photos": found.photos,
        "failures": found.failures,
        "pairs": found.pairs,
        "smallest_distance": found.smallest,
        "smallest_fmr": float(found.fmr.at(found.smallest).value),
    }
    if as_json:
        say_json(answer)
        return
    click.echo(
        f"{found.people} people, {found.photos} photographs ({found.failures} without a face), {found.pairs} pairs of people."
    )
    click.echo(f"It carries thresholds down to an FMR of {answer['smallest_fmr']:.2g}. Saved in {answer['folder']}.")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--pairs", "table", type=click.Path(path_type=Path, dir_okay=False), help="CSV: first, second (files below FOLDER)."
)
@click.option("--protocol", type=click.Choice(["verification", "identification", "both"]), default="both")
@click.option("--groups", type=click.Path(path_type=Path, dir_okay=False), help="CSV: identity, group as declared.")
@click.option("--calibration", type=click.Path(path_type=Path, file_okay=False), help="Folder of `amaan calibrate`.")
@click.option(
    "--cross-fit",
    is_flag=True,
    help="Fit cohorts to other people of FOLDER: for the data that the program's own cohort was made from.",
)
@click.option("--sizes", default=",".join(map(str, evaluating.SIZES)), help="List sizes.")
@click.option("--budgets", default=",".join(map(str, evaluating.BUDGETS)), help="Shares of strangers with an alert (FPIR).")
@click.option("--fuse", default=1, type=click.IntRange(1, 10), help="Photographs of a person taken together as one template.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write an HTML page with plots.")
@cache_option
@network_option
@click.option(
    "--against", type=click.Path(path_type=Path, dir_okay=False), help="A second ONNX network on the same photographs."
)
@as_json
@refusing
def evaluate(
    folder: Path,
    table: Path | None,
    protocol: str,
    groups: Path | None,
    calibration: Path | None,
    cross_fit: bool,  # noqa: FBT001 - click passes flags by name
    sizes: str,
    budgets: str,
    fuse: int,
    report: Path | None,
    cache: Path | None,
    network: Path | None,
    against: Path | None,
    as_json: bool,  # noqa: FBT001 - click passes flags by name
) -> None:
    """Measure on FOLDER (one folder of photographs per person), or on the pairs of a CSV file: FMR, FNMR, FPIR, FNIR."""
    listed = evaluating.read_pairs(table, folder) if table is not None else None
    photos = listed.photos if listed is not None else measuring.photos_in(folder)
    wanted = Wanted(
        verification=protocol != "identification",
        identification=protocol != "verification" and listed is None,
        sizes=[int(each) for each in _numbers(sizes, "--sizes")],
        budgets=_numbers(budgets, "--budgets"),
        groups=evaluating.read_groups(groups) if groups is not None else {},
    )
    measured = evaluating.fused(_measured(photos, cache, network), fuse if listed is None else 1)
    with progress("cohorts") as bar:
        task = bar.add_task("Scoring", total=None)
        scale = None if cross_fit or (network is not None and calibration is None) else _scale(measured, calibration)
        scores = evaluating.scored(measured, scale, lambda done, every: bar.update(task, completed=done, total=every), listed)
    answer = {
        "data": folder.name,
        "photographs_together": fuse,
        "cohort": _cohort_words(scale, cross_fit=cross_fit),
    } | evaluating.evaluate(measured, scores, wanted)
    if against is not None:
        other, theirs, answer["second_encoder"] = _second(photos, cache, against, wanted, listed)
        if other.photos == measured.photos:
            rows = evaluating.compared(scores[-1], theirs[-1], wanted.fmrs)
            names = {"first_encoder": measured.encoder.name, "second_encoder": other.encoder.name}
            answer["second_comparison"] = [row | names for row in rows]
    if report is not None:
        try:
            report.write_text(reports.page(answer, f"Evaluation on {folder.name}"), encoding="utf-8")
        except OSError as error:
            raise OperatorError("{path} cannot be written: {why}.", path=report, why=error.strerror) from error
    if as_json:
        say_json(answer)
        return
    Console().print(_table(answer))
    if report is not None:
        click.echo(f"Report: {report}")


def _measured(photos: tuple[Photo, ...], cache: Path | None, network: Path | None) -> Measured:
    where = cache or Path(platformdirs.user_cache_dir("amaan")) / "evaluation"
    with progress("photographs") as bar:
        task = bar.add_task("Reading", total=len(photos))
        found = measuring.measure(photos, where, lambda done, every: bar.update(task, completed=done, total=every), network)
    if not found.photos:
        raise OperatorError("No face was found in any of the {count} photographs.", count=len(photos))
    return found


def _scale(measured: Measured, folder: Path | None) -> Scale:
    return Scale.load(folder, measured.encoder.digest) if folder is not None else scales.shipped(measured.encoder.digest)


def _cohort_words(scale: Scale | None, *, cross_fit: bool) -> str:
    if scale is not None:
        return f"{scale.digest[:16]}, made from: {scale.calibration.data}"
    return "fitted to other people of the same folder" if cross_fit else "fitted to other people of the same folder, if enough"


def _second(
    photos: tuple[Photo, ...], cache: Path | None, network: Path, wanted: Wanted, listed: evaluating.PairList | None
) -> tuple[Measured, tuple[Scored, ...], dict[str, object]]:
    measured = _measured(photos, cache, network)
    scores = evaluating.scored(measured, None, lambda _done, _all: None, listed)
    return measured, scores, evaluating.evaluate(measured, scores, wanted)


def _numbers(text: str, option: str) -> list[float]:
    try:
        return [float(each) for each in text.split(",") if each.strip()]
    except ValueError as error:
        raise OperatorError("{option} takes numbers separated by commas.", option=option) from error


def _table(answer: dict[str, object]) -> Table:
    table = Table(title=f"{answer['data']}: {answer['photos']} photographs of {answer['people']} people")
    for column in ("Score", "At", "Error", "90 of 100 cases"):
        table.add_column(column)
    scores = answer["scores"]
    if not isinstance(scores, dict):
        raise TypeError("scores are told by name")
    for name in sorted(scores, key=lambda each: each != NORMALISED):
        told = scores[name]
        for at in told.get("verification", {}).get("at_fmr", ()):
            table.add_row(name, f"FMR {at['fmr']:g}", f"FNMR {at['fnmr']['value']:.4f}", _band(at["fnmr"]))
        for each in told.get("identification", ()):
            where = f"{each['entries']} entries, FPIR {each['fpir']:g}"
            table.add_row(name, where, f"FNIR {each['fnir']['value']:.4f}", _band(each["fnir"]))
    return table


def _band(rate: dict[str, float]) -> str:
    return f"{rate['low']:.4f} to {rate['high']:.4f}"
