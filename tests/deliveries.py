"""Small files as others send them: tables, workbooks, notices, entities, reports and ANSI/NIST files."""

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import nistitl

from watchlists.exchange.incoming import Delivery
from watchlists.exchange.reading import read_delivery
from watchlists.exchange.usual import Usual

TODAY = date(2026, 11, 23)
HEADER = (
    "list", "reference", "surname", "given_names", "other_names", "birth_date", "sex", "nationality", "document_number",
    "legal_basis", "action", "review_date", "photos", "taken", "ages",
)  # fmt: skip # a table


def cells(**told: str) -> list[str]:
    known = {
        "list": "Lost", "surname": "Noor", "given_names": "Amina", "birth_date": "1980-03-17", "sex": "F", "nationality": "PAK",
        "document_number": "QA1000001", "legal_basis": "Order 1", "action": "Call", "review_date": "2027-05-01",
    } | told  # fmt: skip # a table
    return [known.get(name, "") for name in HEADER]


def table(*rows: Sequence[str], separator: str = ",", end: str = "\n", header: Sequence[str] = HEADER) -> str:
    lines = [separator.join(_quoted(each, separator) for each in row) for row in (header, *rows)]
    return end.join(lines) + end


def _quoted(cell: str, separator: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in (separator, '"', "\n", "\r")) else cell


def read(
    folder: Path, data: str | bytes, name: str = "records.csv", encoding: str = "", kind: str = "", **usual: str
) -> Delivery:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_delivery(path, Usual(**usual), TODAY, encoding, kind)


def faults(delivery: Delivery) -> list[str]:
    return [str(each) for row in delivery.rows for each in row.faults]


def workbook(*rows: Sequence[object], extra: dict[str, bytes] | None = None) -> bytes:
    """The smallest workbook with these cells in its one sheet; numbers stay numbers."""
    lines = []
    for number, row in enumerate(rows, start=1):
        said = "".join(
            f'<c r="{_letter(place)}{number}"><v>{cell}</v></c>'
            if isinstance(cell, int | float)
            else f'<c r="{_letter(place)}{number}" t="inlineStr"><is><t>{escape(str(cell))}</t></is></c>'
            for place, cell in enumerate(row)
            if cell != ""
        )
        lines.append(f'<row r="{number}">{said}</row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packed = "http://schemas.openxmlformats.org/package/2006"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{packed}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packed}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packed}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(lines)}</sheetData></worksheet>',
    }
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packing:
        for name, text in files.items():
            packing.writestr(name, text)
        for name, data in (extra or {}).items():
            packing.writestr(name, data)
    return whole.getvalue()


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def notice(**told: object) -> dict[str, object]:
    """A red notice as the public service gives it."""
    return {
        "entity_id": "2021/75051", "name": "ANGELOV (STOYANOV)", "forename": "IVAN", "date_of_birth": "1979/01/17",
        "sex_id": "M", "nationalities": ["BG", "SY"], "height": 1.78,
        "arrest_warrants": [{"issuing_country_id": "BG", "charge": "Измама", "charge_translation": "Fraud"}],
        "_links": {"self": {"href": "https://ws-public.example/notices/v1/red/2021-75051"}},
    } | told  # fmt: skip # a table


def notices(*each: dict[str, object]) -> str:
    return json.dumps({"total": len(each), "_embedded": {"notices": list(each)}}, ensure_ascii=False)


def entity(ident: str = "Q1", schema: str = "Person", **properties: list[str]) -> dict[str, object]:
    return {
        "id": ident,
        "schema": schema,
        "caption": properties.get("name", [""])[0],
        "properties": properties,
        "datasets": ["test"],
    }


def entities(*each: dict[str, object]) -> str:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in each)


def nist(image: bytes = b"", **fields: str) -> bytes:
    """A file of the EBTS domain: fields of Type 2 by their number, as f18='NOOR, AMINA'."""
    message = nistitl.Message()
    message.TOT = "MPR"
    head = message[0]
    head.DAT, head.TCN, head.DAI, head.ORI = "20261101", "T-1", "XX", "YY"
    head += nistitl.Field(1, 13, "NORAM")
    person = nistitl.AsciiRecord(2)
    person.IDC = 0
    for name, value in fields.items():
        person += nistitl.Field(2, int(name[1:]), value)
    message += person
    if image:
        picture = nistitl.AsciiRecord(10)
        picture.IDC = 1
        picture += nistitl.Field(10, 3, "FACE")
        picture += nistitl.Field(10, 5, "20240317")
        picture += nistitl.BinaryField(10, 999, image)
        message += picture
    return bytes(message.NIST)
