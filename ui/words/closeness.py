"""How close two faces are, in words that a person can weigh: of how many strangers, with its band, and what is not known."""

from PySide6.QtCore import QCoreApplication, QLocale

from matching.rates.calibration import EVERYBODY
from matching.rates.pairs import Rate
from workstation.alerts.closeness import CAREFUL_MONTHS, WEAK_MONTHS, Closeness, Doubt
from workstation.search.enrolment import Outlook

_FIGURES = 2
_SMALLEST = 0.0001
"""Below it a count is only called smaller."""


def strangers_words(close: Closeness) -> str:
    """“1 in 4,000 strangers looks this close to someone on today's list (1 in 2,500 to 6,000).”"""
    words = (
        QCoreApplication.translate(
            "Closeness", "Fewer than 1 in {count} strangers look this close to someone on today's lists."
        )
        if close.at_least
        else QCoreApplication.translate(
            "Closeness", "1 in {count} strangers looks this close to someone on today's lists (1 in {low} to 1 in {high})."
        )
    )
    if close.group not in ("", EVERYBODY):
        words += " " + QCoreApplication.translate(
            "Closeness", "Told for the people of the measured data who look most alike: {group}."
        )
    if close.extrapolated and not close.at_least:
        words += " " + QCoreApplication.translate("Closeness", "Fitted: hardly any two strangers lay so near.")
    # A band of a rate read as “1 in N” turns round: the more frequent end comes first.
    return words.format(
        count=_round(close.one_in.value),
        low=_round(min(close.one_in.low, close.one_in.high)),
        high=_round(max(close.one_in.low, close.one_in.high)),
        group=close.group,
    )


def second_words(close: Closeness) -> str:
    """What a second network says of the same two pictures; empty when there is none."""
    if close.second is None:
        return ""
    words = (
        QCoreApplication.translate("Closeness", "A second network ({name}): fewer than 1 in {count} strangers look this close.")
        if close.second.at_least
        else QCoreApplication.translate("Closeness", "A second network ({name}): 1 in {count} strangers looks this close.")
    )
    return words.format(name=close.second.network, count=_round(close.second.one_in.value))


def expected_words(close: Closeness) -> str:
    """“Expected: about 1 in 30 alerts like this one is the person.”"""
    share = close.alerts_per_person
    if share.value < 2:
        words = QCoreApplication.translate(
            "Closeness", "Expected: about {share} of 100 alerts like this one are the person ({low} to {high})."
        )
        hundred = Rate(*(100 / max(each, 1.0) for each in (share.value, share.high, share.low)))
        low, high = sorted((hundred.low, hundred.high))
        return words.format(share=f"{hundred.value:.0f}", low=f"{low:.0f}", high=f"{high:.0f}")
    words = QCoreApplication.translate(
        "Closeness", "Expected: about 1 in {count} alerts like this one is the person (1 in {low} to 1 in {high})."
    )
    low, high = sorted((share.low, share.high))
    return words.format(count=_round(share.value), low=_round(low), high=_round(high))


def doubt_words(close: Closeness) -> str:
    """Why the numbers are less certain here; empty when nothing is known to be."""
    words = {
        Doubt.CHILD: QCoreApplication.translate("Closeness", "a child's face changes; the numbers were measured on adults"),
        Doubt.OLD_PHOTO: QCoreApplication.translate("Closeness", "the photograph is more than ten years old"),
        Doubt.LOW_QUALITY: QCoreApplication.translate("Closeness", "one of the pictures is of low quality"),
    }
    if not close.doubts:
        return ""
    said = QCoreApplication.translate("Closeness", "; ").join(words[each] for each in close.doubts)
    return QCoreApplication.translate("Closeness", "Less certain, so the bands are wider: {why}.").format(why=said)


def gap_words(months: int | None, *, child: bool) -> str:
    """The time between the portrait and today, and what it means for a child."""
    if months is None:
        return QCoreApplication.translate("Closeness", "The date of the photograph is not known.")
    words = QCoreApplication.translate("Closeness", "The photograph was taken {age} ago.").format(age=age_words(months))
    if child and months >= WEAK_MONTHS:
        words += " " + QCoreApplication.translate(
            "Closeness", "Low power: a child's face is rarely found again after three years."
        )
    elif child and months >= CAREFUL_MONTHS:
        words += " " + QCoreApplication.translate("Closeness", "A child's face changes within months: look with care.")
    return words


def outlook_words(outlook: Outlook) -> str:
    """What a photograph would mean on a list, before it is saved."""
    words = QCoreApplication.translate(
        "Closeness", "Grade {grade}: at today's threshold {missed} of people with such a photograph are missed."
    ).format(grade=outlook.grade, missed=percent(outlook.missed))
    if outlook.look_alikes:
        records = QCoreApplication.translate("Closeness", ", ").join(str(each) for each in outlook.look_alikes)
        words += " " + QCoreApplication.translate("Closeness", "It looks like the portrait of record {records}.").format(
            records=records
        )
    return words


def percent(rate: Rate | None) -> str:
    """“14 % (12 to 17)”, or that it was not measured."""
    if rate is None:
        return QCoreApplication.translate("Closeness", "not measured")
    value, low, high = (_share(each) for each in (rate.value, rate.low, rate.high))
    return QCoreApplication.translate("Closeness", "{value} % ({low} to {high})").format(value=value, low=low, high=high)


def number(rate: Rate) -> str:
    """A count with its band, as many digits as mean something."""
    value, low, high = (_few(each) for each in (rate.value, rate.low, rate.high))
    return QCoreApplication.translate("Closeness", "{value} ({low} to {high})").format(value=value, low=low, high=high)


def _few(value: float) -> str:
    """Never with an exponent: that is no number that a person reads."""
    if 0 < value < _SMALLEST:
        return f"<{_SMALLEST}"
    return f"{value:.2g}" if value < 10 else f"{value:.0f}"


def _share(share: float) -> str:
    return f"{100 * share:.0f}" if share >= 0.1 else f"{100 * share:.1f}"


def _round(value: float) -> str:
    """Two figures that mean something, in the person's own digits: 3,860 becomes 3,900."""
    digits = max(0, len(str(int(value))) - _FIGURES)
    return figures(round(round(value), -digits))


def figures(count: int) -> str:
    """Thousands apart, also where the desktop names no language."""
    here = QLocale()
    return f"{count:,}" if here.language() is QLocale.Language.C else here.toString(count)


def age_words(months: int | None) -> str:
    """How old a photograph is, short."""
    if months is None:
        return QCoreApplication.translate("Closeness", "date not known")
    years, rest = divmod(months, 12)
    year = QCoreApplication.translate("Closeness", "1 year" if years == 1 else "{count} years").format(count=years)
    month = QCoreApplication.translate("Closeness", "1 month" if rest == 1 else "{count} months").format(count=rest)
    parts = [year] if years else []
    parts += [month] if rest or not years else []
    return QCoreApplication.translate("Closeness", ", ").join(parts)
