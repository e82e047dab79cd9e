"""Where things stand on a page, in millimetres from its top left corner (ICAO Doc 9303, parts 4 to 7), and in what words."""

from dataclasses import dataclass
from datetime import date

from workstation.documents.mrz.mrz import TD1, TD3
from workstation.training_post.drawn.holders import BirthDate, Holder, Particulars

Box = tuple[float, float, float, float]
"""Left, top, width, height."""
DATES = ("12 AUG 1974", "12.08.1974", "12/08/1974", "1974-08-12", "12 AUG/AOU 74")
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()  # noqa: SIM905 - twelve quotes less
_FRENCH = "JAN FEV MAR AVR MAI JUN JUL AOU SEP OCT NOV DEC".split()  # noqa: SIM905 - twelve quotes less


@dataclass(frozen=True, slots=True)
class Sheet:
    width: float
    height: float
    zone_height: float
    zone_left: float
    portrait: Box
    ghost: Box
    sticker: Box
    fields: tuple[float, float]
    """Left and top of the printed fields beside the portrait."""
    step: float
    """From one field down to the next."""


SHEETS = {
    "TD3": Sheet(125, 88, 23.2, 6.0, (5.5, 17, 33, 43), (104, 40, 13, 17), (94, 13, 27, 17), (43, 16), 7.4),
    "TD2": Sheet(105, 74, 23.2, 4.5, (4, 12, 26, 34), (88, 31, 11, 14.5), (78, 11, 24, 15), (34, 11.5), 6.2),
    "TD1": Sheet(85.6, 54, 23.2, 4.2, (3.5, 12, 25, 32), (70, 34, 11, 14), (62, 10, 20, 14), (31.5, 11), 6.4),
    "MRV-A": Sheet(120, 80, 23.2, 6.0, (5, 12, 30, 39), (102, 35, 12, 16), (90, 11, 26, 16), (39, 11), 6.7),
    "MRV-B": Sheet(105, 74, 23.2, 4.5, (4, 12, 26, 34), (88, 31, 11, 14.5), (78, 11, 24, 15), (34, 11.5), 6.2),
}
_TITLES = {"TD3": "PASSPORT", "TD2": "IDENTITY CARD", "TD1": "IDENTITY CARD", "MRV-A": "VISA", "MRV-B": "VISA"}


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    x: float
    y: float
    """Of the line that the letters stand on."""
    size: float
    bold: bool = False
    strength: float = 1.0


def printed_texts(whose: Holder, says: Particulars, dates: str, *, has_portrait: bool, has_zone: bool) -> tuple[Text, ...]:
    """Everything that is printed outside the zone, labels and values."""
    name = says.form.name
    sheet = SHEETS[name]
    of_state = "" if says.form is TD3 else f"  ·  {'UTOPIA' if says.state == 'UTO' else says.state}"
    head = _TITLES[name] + of_state
    texts = [Text(head, sheet.portrait[0], 7.2 if name == "TD1" else 8.5, 3.0 if name == "TD1" else 3.6, bold=True)]
    if name == "TD1" and has_zone and not has_portrait:
        return _back(says, dates)
    left, top = sheet.fields
    if says.form is TD3:
        texts += [
            Text("Type", left, 6.2, 1.5, strength=0.7), Text(says.code, left, 9.4, 2.6),
            Text("Code of State", left + 18, 6.2, 1.5, strength=0.7), Text(says.state, left + 18, 9.4, 2.6),
            Text("Passport No.", left + 44, 6.2, 1.5, strength=0.7), Text(says.number, left + 44, 9.4, 2.8, bold=True),
        ]  # fmt: skip # a label and its value a line
    sex_and_place = (("Sex", whose.sex, 0.0), ("Place of birth", whose.place.upper(), 16.0))
    rows: list[tuple[tuple[str, str, float], ...]] = [
        (("Surname", whose.surname.upper(), 0.0),),
        (("Given names", whose.given.upper(), 0.0),),
        (("Nationality", whose.nationality, 0.0), ("Date of birth", written_birth(whose.born, dates), 22.0)),
        sex_and_place,
        (("Date of issue", written(says.issued, dates), 0.0), ("Date of expiry", written(says.expires, dates), 28.0)),
    ]
    if says.form is not TD3:
        rows.append((("Document No.", says.number, 0.0),))
    if says.form is TD1:
        rows[3] = (*sex_and_place[:1], ("Date of expiry", written(says.expires, dates), 16.0))
        rows[4:5] = []
    if says.form is TD3:
        rows.append(
            (("Authority", "PASSPORT OFFICE", 0.0), *((("Personal No.", says.optional, 28.0),) if says.optional else ()))
        )
    for number, row in enumerate(rows):
        y = top + number * sheet.step
        for label, value, indent in row:
            texts.append(Text(label, left + indent, y, 1.45, strength=0.7))
            texts.append(Text(value, left + indent, y + sheet.step * 0.46, min(2.6, sheet.step * 0.37)))
    return tuple(texts)


def _back(says: Particulars, dates: str) -> tuple[Text, ...]:
    return (
        Text("Date of issue", 5, 7, 1.45, strength=0.7), Text(written(says.issued, dates), 5, 10, 2.4),
        Text("Authority", 40, 7, 1.45, strength=0.7), Text("REGISTRY OF UTOPIA", 40, 10, 2.4),
        Text("Address", 5, 15, 1.45, strength=0.7), Text("1 LONG STREET, UTOPIA CITY", 5, 18, 2.4),
    )  # fmt: skip # a label and its value a line


def written(day: date, dates: str) -> str:
    return written_birth(BirthDate(day.year, day.month, day.day), dates)


def written_birth(day: BirthDate, dates: str) -> str:
    """The date in one of DATES; parts that nobody knows are XX."""
    year = f"{day.year:04d}" if day.year else "XXXX"
    number, of_month = (f"{each:02d}" if each else "XX" for each in (day.month, day.day))
    word = _MONTHS[day.month - 1] if day.month else "XXX"
    french = _FRENCH[day.month - 1] if day.month else "XXX"
    return {
        DATES[0]: f"{of_month} {word} {year}",
        DATES[1]: f"{of_month}.{number}.{year}",
        DATES[2]: f"{of_month}/{number}/{year}",
        DATES[3]: f"{year}-{number}-{of_month}",
        DATES[4]: f"{of_month} {word}/{french} {year[2:]}",
    }[dates]
