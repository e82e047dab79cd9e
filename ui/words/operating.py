"""What the operating point rests on, how it changed, and what can be put right, as sentences."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from ui.words.closeness import percent
from ui.words.plain import moment, purpose_words
from watchlists.records.purposes import Purpose
from workstation.desk.operating import OperatingView
from workstation.operating_point.thresholds import Change

_MOST_LINES = 12


def local_words(view: OperatingView) -> str:
    lines = [
        QCoreApplication.translate("Operating", "Calibration: {data}; {people} people.").format(
            data=view.data, people=QLocale().toString(view.people)
        )
    ]
    local = view.local
    if not local.travellers:
        lines.append(QCoreApplication.translate("Operating", "No traveller of this post yet: the calibration alone decides."))
    elif local.low == local.high:
        words = QCoreApplication.translate("Operating", "{count} travellers so far: too few to correct the thresholds.")
        lines.append(words.format(count=QLocale().toString(local.travellers)))
    else:
        words = QCoreApplication.translate(
            "Operating",
            "{count} travellers of the last 30 days without a confirmed lead: strangers look this close {factor} times as often"
            " as in the calibration ({low} to {high}). The thresholds use {used}.",
        )
        lines.append(
            words.format(
                count=QLocale().toString(local.travellers),
                factor=f"{local.measured:.2g}",
                low=f"{local.low:.2g}",
                high=f"{local.high:.2g}",
                used=f"{local.value:.2g}",
            )
        )
    if local.drift is not None:
        lines.append(
            QCoreApplication.translate(
                "Operating",
                "In the last week strangers looked this close {drift} times as often as before. Look for a changed camera,"
                " changed light, or portraits that cause alerts.",
            ).format(drift=f"{local.drift:.2g}")
        )
    return "\n".join(lines)


def causes_words(view: OperatingView) -> str:
    lines = []
    for each in view.false_leads:
        words = (
            QCoreApplication.translate(
                "Operating", "Record {record}, {name}: its portrait caused {count} of {all} false leads in 30 days. Replace it."
            )
            if each.replace
            else QCoreApplication.translate(
                "Operating", "Record {record}, {name}: its portrait caused {count} of {all} false leads in 30 days."
            )
        )
        lines.append(words.format(record=each.record_id, name=each.name, count=each.count, all=each.of_all))
    for lost in view.unfindable[:_MOST_LINES]:
        words = QCoreApplication.translate(
            "Operating",
            "Record {record}, {name}: hardly found at today's threshold, its photograph is grade {grade}: {missed} missed.",
        )
        lines.append(words.format(record=lost.record_id, name=lost.name, grade=lost.grade, missed=percent(lost.missed)))
    rest = len(view.unfindable) - _MOST_LINES
    if rest > 0:
        lines.append(QCoreApplication.translate("Operating", "And {count} more of that kind.").format(count=rest))
    if not lines:
        return QCoreApplication.translate(
            "Operating", "No portrait caused several false leads, and none is too poor to be found."
        )
    return "\n".join(lines)


def history_words(history: Sequence[Change]) -> str:
    lines = []
    for change in history[:_MOST_LINES]:
        points = QCoreApplication.translate("Operating", ", ").join(
            QCoreApplication.translate("Operating", "{purpose} {distance} for {entries}").format(
                purpose=purpose_words(Purpose(name)),
                distance=QLocale().toString(point["distance"], "f", 3),
                entries=QLocale().toString(int(point["entries"])),
            )
            for name, point in _searched(change.points)
        )
        why = QCoreApplication.translate("Sentence", change.why)
        lines.append(f"{moment(change.at)}  {why}: {points or '-'}")
    return "\n".join(lines)


def _searched(points: Mapping[str, Mapping[str, float]]) -> list[tuple[str, Mapping[str, float]]]:
    return [(name, point) for name, point in points.items() if point["entries"]]
