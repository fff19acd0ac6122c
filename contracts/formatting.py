"""How a number, a date or a month is written: the one place that rounds, and it rounds half up.

Every function takes an exact value and returns text; None (no value) gives an empty text, because what to say
about a missing figure is the page's to say, with its reason. Minus is the true minus sign.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

MINUS = "\N{MINUS SIGN}"
Quantity = Decimal | int | None

# Units written before or right after the number; every other unit follows a space.
POUNDS = "pounds"
PERCENT = "percent"


def rounded(value: Decimal | int, places: int) -> Decimal:
    """`value` to `places` decimals, half away from nought: 0.5 becomes 1 and −0.5 becomes −1 at 0 places.

    Zero has no sign, so a small negative never shows as "−0".
    """
    exact = Decimal(value)
    result = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def _signed(value: Decimal, places: int, before: str = "", after: str = "", plus: bool = False) -> str:
    shown = rounded(value, places)
    sign = MINUS if shown < 0 else "+" if plus and shown > 0 else ""
    return f"{sign}{before}{abs(shown):,.{places}f}{after}"


def money(value: Quantity) -> str:
    """Pounds and pence: "£58,739.27", "−£12,400.00"."""
    return "" if value is None else _signed(Decimal(value), 2, before="£")


def pounds(value: Quantity) -> str:
    """Whole pounds: "£1,200,000"."""
    return "" if value is None else _signed(Decimal(value), 0, before="£")


def percent(value: Quantity, places: int = 1) -> str:
    """A percentage to one decimal: "7.3%". `value` is in percent, not a fraction."""
    return "" if value is None else _signed(Decimal(value), places, after="%")


def whole(value: Quantity) -> str:
    """A count: "13,783"."""
    return "" if value is None else _signed(Decimal(value), 0)


def decimal_text(value: Quantity, places: int = 1) -> str:
    """A number with a fixed count of decimals: "9.4"."""
    return "" if value is None else _signed(Decimal(value), places)


def plain(value: Quantity) -> str:
    """The stored value itself, unrounded, without trailing zeros: "0.65", "120", "1,861"."""
    if value is None:
        return ""
    exact = Decimal(value)
    return _signed(exact, max(0, -int(exact.normalize().as_tuple().exponent)))


def quantity(value: Quantity, unit: str) -> str:
    """A value with its unit as a page shows it: "£307.54", "38.0%", "9.4 WTE", "191 children"."""
    if value is None:
        return ""
    number = number_in(value, unit)
    return number if unit in {POUNDS, PERCENT, ""} else f"{number} {unit}"


def number_in(value: Quantity, unit: str) -> str:
    """A value alone, with the decimals its unit has: pence, one decimal for % and WTE, whole counts."""
    writers = {POUNDS: money, PERCENT: percent, "WTE": decimal_text}
    return writers.get(unit, whole)(value)


def term(value: Quantity, unit: str) -> str:
    """An agreed target, floor or threshold: no decimals it was not agreed with, so "90%", "12.5%", "£20,000"."""
    before, after = ("£", "") if unit == POUNDS else ("", "%") if unit == PERCENT else ("", "")
    text = plain(value)
    return text and (f"{MINUS if text.startswith(MINUS) else ''}{before}{text.lstrip(MINUS)}{after}")


def change(value: Quantity, places: int = 0) -> str:
    """A percentage change with its sign, as the committee's papers write it: "+76%", "−17.0%", "0%"."""
    return "" if value is None else _signed(Decimal(value), places, after="%", plus=True)


def difference(value: Quantity, places: int = 0) -> str:
    """A difference with its sign: "+165", "−6", "0"."""
    return "" if value is None else _signed(Decimal(value), places, plus=True)


def month_name(value: date | None) -> str:
    """ "August 2019"."""
    return "" if value is None else f"{value:%B %Y}"


def month_short(value: date | None) -> str:
    """ "Aug 2019", for charts and narrow columns."""
    return "" if value is None else f"{value:%b %Y}"


def day(value: date | None) -> str:
    """ "17 October 2019"."""
    return "" if value is None else f"{value.day} {value:%B %Y}"


def weekday(value: date | None) -> str:
    """ "Thursday 17 October 2019", for what falls due."""
    return "" if value is None else f"{value:%A} {day(value)}"


def moment(value: datetime | None) -> str:
    """ "18 September 2019 at 10:42am", in the time zone the value carries; midday and midnight by name."""
    return "" if value is None else f"{day(value)} at {_time_of_day(value)}"


def _time_of_day(value: datetime) -> str:
    if value.minute == 0 and value.hour in {0, 12}:
        return "midday" if value.hour else "midnight"
    hour = value.hour % 12 or 12
    return f"{hour}:{value:%M}{'am' if value.hour < 12 else 'pm'}"


def ordinal(number: int) -> str:
    """ "1st", "2nd", "3rd", "4th", "11th", "21st", "112th"."""
    ends = {1: "st", 2: "nd", 3: "rd"}
    is_teen = 10 < number % 100 < 20  # eleven to nineteen
    return f"{whole(number)}{'th' if is_teen else ends.get(number % 10, 'th')}"


def count_of(number: int, one: str, many: str = "") -> str:
    """ "1 error", "2 errors", "0 errors": a count with its noun; `many` where adding an s is wrong."""
    return f"{whole(number)} {one if number == 1 else many or one + 's'}"
