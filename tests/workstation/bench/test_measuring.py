"""The bench from the command line, on drawn people: failures counted, a stop costs nothing, numbers as the loops count them."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from matching.faces.encoding import unit
from matching.faces.images import png
from matching.rates.calibration import Calibration
from matching.rates.cohort import Cohort, Mixture
from matching.rates.scale import Scale
from tests import naive, onnx_file
from workstation.__main__ import main
from workstation.bench import calibrating, evaluating, measuring
from workstation.bench.measuring import Measured, Photo
from workstation.errors import OperatorError
from workstation.training_post.drawn.drawing import portrait
from workstation.training_post.drawn.people import View, person

PEOPLE = 6


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six drawn people, two photographs each; one more photograph shows nobody and one is no picture."""
    home = tmp_path_factory.mktemp("people")
    for seed in range(PEOPLE):
        (home / f"p{seed}").mkdir()
        for number, view in enumerate((View(), View(yaw=6, light_from=-20))):
            (home / f"p{seed}" / f"{number}.png").write_bytes(png(portrait(person(seed + 30), view, moment=number)))
    (home / "p0" / "wall.png").write_bytes(png(np.full((200, 200, 3), 90, dtype=np.uint8)))
    (home / "p1" / "broken.jpg").write_bytes(b"no picture")
    return home


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def amaan(*words: str) -> dict[str, object]:
    done = CliRunner().invoke(main, [*words, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return] # JSON


def drawn(people: int = 240, seed: int = 1) -> Measured:
    """Templates as points in 128 dimensions, two photographs of each person."""
    random = np.random.default_rng(seed)
    centres = random.normal(0, 0.05, (people, 128))
    vectors = np.repeat(centres, 2, axis=0) + random.normal(0, 0.012, (2 * people, 128))
    photos = tuple(Photo(f"p{n // 2:03d}", Path(f"{n}.jpg")) for n in range(2 * people))
    return Measured(unit(), photos, vectors.astype(np.float32), ("B",) * 2 * people, {Path("x.jpg"): "no face was found"})


def test_that_photographs_are_read_once_and_failures_are_counted(folder: Path, cache: Path) -> None:
    heard: list[tuple[int, int]] = []
    photos = measuring.photos_in(folder)
    assert len(photos) == 2 * PEOPLE + 2
    first = measuring.measure(photos, cache, lambda done, every: heard.append((done, every)), processes=2)
    assert (heard[0], heard[-1]) == ((0, 14), (14, 14))
    assert len(first.photos) == 12
    assert {path.name for path in first.failures} == {"wall.png", "broken.jpg"}
    (kept,) = cache.glob("*.jsonl")
    lines = kept.read_text().splitlines()
    kept.write_text("\n".join(lines[:9]) + "\n" + lines[9][:40])
    again = measuring.measure(photos, cache, lambda done, every: heard.append((done, every)), processes=2)
    assert (9, 14) in heard, "what a stop left is not read again"
    assert np.array_equal(again.vectors, first.vectors)
    assert again.grades == first.grades


def test_that_the_bench_answers_from_the_command_line(folder: Path, cache: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    answer = amaan("evaluate", str(folder), "--cache", str(cache), "--report", str(report), "--sizes", "3", "--budgets", "0.9")
    assert (answer["photos"], answer["people"]) == (14, PEOPLE)
    assert answer["failure_to_acquire"]["count"] == 2  # type: ignore[index] # an object
    plain = answer["scores"]["distance"]["verification"]  # type: ignore[index] # an object
    assert (plain["mated_people"], plain["pairs_of_strangers"]) == (PEOPLE, 15)
    assert plain["not_carried"] == [0.01, 0.001, 0.0001, 1e-05]
    page = report.read_text()
    assert "<svg" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", ""), "nothing is fetched"


def test_that_a_list_of_pairs_is_evaluated_and_a_wrong_line_is_named(folder: Path, cache: Path, tmp_path: Path) -> None:
    table = tmp_path / "pairs.csv"
    rows = [f"p{n}/0.png,p{n}/1.png,1" for n in range(PEOPLE)] + [
        f"p{n}/0.png,p{(n + 1) % PEOPLE}/1.png,0" for n in range(PEOPLE)
    ]
    table.write_text("first,second,same\n" + "\n".join(rows) + "\n")
    answer = amaan("evaluate", str(folder), "--pairs", str(table), "--cache", str(cache))
    told = answer["scores"]["distance"]["verification"]  # type: ignore[index] # an object
    assert (told["mated_pairs"], told["pairs_of_strangers"]) == (PEOPLE, PEOPLE)
    for line, said in (("p0/0.png,p0/9.png,1", "there is no photograph"), ("p0/0.png,p1/0.png,1", "says otherwise")):
        table.write_text(f"first,second,same\n{line}\n")
        with pytest.raises(OperatorError, match=f"Line 2.*{said}"):
            evaluating.read_pairs(table, folder)


def test_that_an_onnx_network_is_measured_beside_dlibs(folder: Path, cache: Path, tmp_path: Path) -> None:
    network = tmp_path / "face.onnx"
    network.write_bytes(onnx_file.network())
    answer = amaan("evaluate", str(folder), "--cache", str(cache), "--against", str(network))
    second = answer["second_encoder"]
    assert second["encoder"]["name"].startswith("onnx-")  # type: ignore[index] # an object
    assert second["photos"] == 14  # type: ignore[index] # an object


def test_that_both_scores_and_their_difference_are_what_slow_loops_count() -> None:
    measured = drawn()
    scores = evaluating.scored(measured, None, lambda _done, _all: None)
    assert [each.name for each in scores] == [evaluating.PLAIN, evaluating.NORMALISED]
    answer = evaluating.evaluate(measured, scores, evaluating.Wanted(sizes=[50], budgets=[0.05], fmrs=[1e-3]))
    for each in scores:
        assert each.matrix is not None
        threshold, fnmr = naive.fnmr_at(list(measured.identities), each.matrix, 1e-3)
        at = answer["scores"][each.name]["verification"]["at_fmr"][0]  # type: ignore[index] # an object
        assert (at["threshold"], at["fnmr"]["value"]) == pytest.approx((threshold, fnmr))
    row = answer["comparison"][0]  # type: ignore[index] # a list
    values = [naive.fnmr_at(list(measured.identities), each.matrix, 1e-3)[1] for each in scores if each.matrix is not None]
    assert row["fnmr_difference"]["value"] == pytest.approx(values[1] - values[0])


def test_that_photographs_taken_together_are_means_and_few_are_not_lost() -> None:
    measured = drawn(4)
    both = evaluating.fused(measured, 2)
    assert both.identities == ("p000", "p001", "p002", "p003")
    assert both.vectors[1] == pytest.approx(measured.vectors[2:4].mean(axis=0))
    assert evaluating.fused(measured, 3).vectors[1] == pytest.approx(measured.vectors[2:4].mean(axis=0))
    assert evaluating.fused(measured, 1).identities == measured.identities


def test_that_no_person_is_judged_by_a_cohort_fitted_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = drawn()
    fitted: list[set[bytes]] = []
    real = Mixture.fit

    def seen(vectors: np.ndarray[tuple[int, ...], np.dtype[np.float32]], components: int) -> Mixture:
        fitted.append({each.tobytes() for each in vectors})
        return real(vectors, components)

    monkeypatch.setattr(Mixture, "fit", seen)
    judged: list[set[bytes]] = []
    normaliser = Cohort.normaliser

    def heard(
        self: Cohort, vectors: np.ndarray[tuple[int, ...], np.dtype[np.float32]]
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        judged.append({each.tobytes() for each in vectors})
        assert not judged[-1] & fitted[-1]
        return normaliser(self, vectors)

    monkeypatch.setattr(Cohort, "normaliser", heard)
    scores = calibrating.cross_fitted(measured)
    assert len(fitted) == 15
    assert np.array_equal(scores, scores.T)


def test_that_a_calibration_made_is_one_that_can_be_used(tmp_path: Path) -> None:
    made = calibrating.calibrate(drawn(), "points")
    made.save(tmp_path / "c")
    scale = Scale.load(tmp_path / "c", unit().digest)
    assert scale.calibration.failures == 1
    assert isinstance(scale.calibration, Calibration)
    assert scale.calibration.people == 240


def test_that_a_calibration_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "c"
    calibrating.calibrate(drawn(), "points").save(folder)
    before = Scale.load(folder, unit().digest).digest
    other = calibrating.calibrate(drawn(seed=5), "others")

    def full(_self: Calibration, _path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken, pytest.raises(OperatorError, match="No space left"):
        broken.setattr(Calibration, "save", full)
        other.save(folder)
    assert Scale.load(folder, unit().digest).digest == before
    other.save(folder)
    assert Scale.load(folder, unit().digest).calibration.data == "others"
    assert len(list(folder.glob("cohort-*.npz"))) == 1


def test_that_a_folder_without_people_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="one folder per person"):
        measuring.photos_in(tmp_path)
    done = CliRunner().invoke(main, ["calibrate", str(tmp_path), "--json"])
    assert done.exit_code == 2
    assert "either --out" in done.output


def test_that_too_few_people_are_refused_from_the_command_line(folder: Path, cache: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["calibrate", str(folder), "--out", str(tmp_path / "c"), "--cache", str(cache), "--json"])
    assert done.exit_code == 2
    assert "6 people are too few" in done.output
    assert not (tmp_path / "c").exists()
