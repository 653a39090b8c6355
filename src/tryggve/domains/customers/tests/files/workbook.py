"""The list that is a spreadsheet: numbers where text was meant, formulas, an error, a title and a sum."""

import datetime
import io
import re
import zipfile

import openpyxl

from tryggve.domains.customers.tests.files.ledger import Ledger
from tryggve.domains.customers.tests.files.people import person

_ROWS = 300
_MADE = datetime.datetime(2026, 3, 2, 8, 0, tzinfo=datetime.UTC).replace(tzinfo=None)
_HEADINGS = (
    "Namn",
    "E-post",
    "Mobil",
    "Adress",
    "Postnummer",
    "Ort",
    "Kund sedan",
    "Aktiv",
    "Rabatt",
    "Hälsning",
)
_CACHED = re.compile(rb"<f>(.*?)</f><v ?/?>(?:</v>)?")


def spreadsheet() -> tuple[bytes, Ledger]:
    """An XLSX file that is the same each time, and what must become of its rows."""
    ledger = Ledger(kept_columns=["Kund sedan", "Aktiv", "Rabatt", "Hälsning"])
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.create_sheet("Försättsblad")
    sheet = book.create_sheet("Kunder")
    book.create_sheet("Leverantörer").append(["Namn", "Exempelbruket AB"])
    sheet["A1"] = "Kunder våren 2026"
    ledger.skipped += [{"line": 1, "reason": "title"}, {"line": 2, "reason": "empty"}]
    for column, heading in enumerate(_HEADINGS, start=1):
        sheet.cell(3, column, heading)
    for number in range(_ROWS):
        line = 4 + number
        for column, value in enumerate(_cells(number, line), start=1):
            sheet.cell(line, column, value)
        if number == 123:
            ledger.set_aside.append({"line": line, "column": "E-post", "reason": "cell_error"})
        else:
            ledger.fates["created"].append(line)
    sheet.cell(4 + _ROWS, 1, "Totalt")
    sheet.cell(4 + _ROWS, 9, f"=SUM(I4:I{3 + _ROWS})")
    ledger.skipped.append({"line": 4 + _ROWS, "reason": "total"})
    return _settled(book), ledger


def _cells(number: int, line: int) -> tuple[object, ...]:
    someone = person(number)
    return (
        someone.name,
        "#REF!" if number == 123 else someone.email,
        int(re.sub(r"\D", "", someone.phone)),  # its leading zero is lost, as in life
        someone.street,
        int(someone.postcode.replace(" ", "")),
        someone.city,
        datetime.date(2020, 1, 1) + datetime.timedelta(days=number),
        number % 2 == 0,
        number / 8,
        f'="Hej "&A{line}',
    )


def _settled(book: openpyxl.Workbook) -> bytes:
    """The workbook with the results of its formulas, as a spreadsheet program saves them, and no moment of now."""
    written, settled = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", _MADE.isoformat().encode() + b"Z", part)
            if name.startswith("xl/worksheets/"):
                part = _with_results(part)
            new.writestr(zipfile.ZipInfo(name, _MADE.timetuple()[:6]), part, zipfile.ZIP_DEFLATED)
    return settled.getvalue()


def _with_results(sheet: bytes) -> bytes:
    def result(formula: re.Match[bytes]) -> bytes:
        value = b"5606.25" if formula[1].startswith(b"SUM") else b"Hej du"
        return b"<f>" + formula[1] + b"</f><v>" + value + b"</v>"

    sheet = re.sub(rb'<c r="(J\d+)"><f>', rb'<c r="\1" t="str"><f>', sheet)
    return _CACHED.sub(result, sheet)
