"""Which formulas reach beyond their own workbook: those that start a program, fetch data or read another file."""

import re

# What Excel, LibreOffice or Google Sheets fetch or start; Excel writes newer ones with a prefix, as _xlfn.WEBSERVICE.
CALLING = (
    "CALL|CUBE[A-Z]+|DDE|DDEAUTO|DDEINITIATE|EXEC|FILTERXML|GOOGLEFINANCE|GOOGLETRANSLATE|HYPERLINK|IMAGE|"
    r"IMPORT(?:DATA|FEED|HTML|RANGE|XML)|QUERYTABLE|REGISTER|REGISTER\.ID|RTD|SQL\.REQUEST|STOCKHISTORY|WEBSERVICE"
)
FUNCTION = re.compile(rf"(?<![A-Za-z0-9_])(?:{CALLING})\s*\(", re.IGNORECASE)
# program|topic!item
DDE = re.compile(r"\|[^|]*!")
# [1]Sheet!A1, '[Book.xlsx]Sheet'!A1, [1]!Name; [0] is the workbook itself, and Table[Column] no other file.
OTHER_FILE = re.compile(r"\[(?!0\])[^\[\]]*\](?:[^\[\]'\"!+\-*/^&=<>,;(){}]*|(?:[^'!\[\]]|'')*')!")
# file:///C:/Book.xlsx'#$Sheet.A1, as LibreOffice writes it
ADDRESS = re.compile(r"'[a-z][a-z0-9+.\-]*:/[^']*'\s*#", re.IGNORECASE)


def calls_out(formula: str) -> bool:
    """Whether `formula` starts a program, fetches data or reads another file when a program works it out."""
    return any(pattern.search(formula) for pattern in (FUNCTION, DDE, OTHER_FILE, ADDRESS))
