"""A second face network that the operator brings: separate evidence on each candidate, never a way to raise or to hide one.

It has its own cohort and calibration (`amaan calibrate --network`), so that its number means what the first one's means. Where
both say that few strangers look this close, that is more than either says alone; where they disagree, the second line sees it.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from matching.faces.finding import Face
from matching.faces.images import Image, ImageRefused, decode
from matching.faces.onnx_encoder import NetworkRefused, OnnxEncoder
from matching.rates.pairs import Rate
from matching.rates.scale import Scale
from workstation.alerts.closeness import Opinion
from workstation.capture.face_reader import Faces
from workstation.errors import OperatorError
from workstation.settings import Settings

FILE, FOLDER = "second-network.onnx", "second-calibration"


@dataclass(frozen=True, slots=True, eq=False)
class SecondOpinion:
    encoder: OnnxEncoder
    scale: Scale
    faces: Faces

    def of(self, image: Image, face: Face, portrait: bytes, entries: int) -> Opinion | None:
        """How close the two faces are to this network; None when the portrait's face cannot be found or turned upright."""
        try:
            reference = decode(portrait)
            seen = self.faces.look(reference)
            if not seen:
                return None
            one, other = self.encoder.encode(image, face).vector, self.encoder.encode(reference, seen[0].face).vector
        except (ImageRefused, NetworkRefused, OperatorError):
            return None
        half = self.scale.cohort.normaliser(one[None])[0] / 2 + self.scale.cohort.normaliser(other[None])[0] / 2
        distance = float(((one - other) ** 2).sum() ** 0.5 - half)
        calibration = self.scale.calibration
        rate = calibration.false_alerts(distance, entries)
        one_in = Rate(*(1 / max(each, 1e-12) for each in (rate.value, rate.high, rate.low)))
        return Opinion(self.encoder.unit.name, one_in, distance < calibration.smallest)


def at(folder: Path, wanted: Settings, faces: Faces) -> SecondOpinion | None:
    """The post's second network, when it has one with a calibration. NetworkRefused when its file was changed."""
    if not wanted.second_network_digest or not (folder / FOLDER).is_dir():
        return None
    encoder = OnnxEncoder(folder / FILE, wanted.second_network_digest)
    return SecondOpinion(encoder, Scale.load(folder / FOLDER, encoder.unit.digest), faces)


def keep(folder: Path, file: Path) -> OnnxEncoder:
    """Copy the network into the post's folder. NetworkRefused for what is none; OperatorError when it cannot be written."""
    encoder = OnnxEncoder(file)
    beside = folder / f".{FILE}"
    try:
        shutil.copyfile(file, beside)
        # First: a stop in between leaves a network without a calibration, which says nothing, and the post opens.
        shutil.rmtree(folder / FOLDER, ignore_errors=True)
        beside.replace(folder / FILE)
    except OSError as error:
        raise OperatorError("{path} cannot be written: {why}.", path=folder / FILE, why=error.strerror) from error
    return encoder
