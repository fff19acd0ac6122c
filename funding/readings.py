"""What the shares say, in sentences made by rules from the shares themselves. Imports no Django."""

from decimal import Decimal

from contracts.formatting import money, percent, pounds

NUMBER_WORDS = {
    2: "twice",
    3: "three times",
    4: "four times",
    5: "five times",
    6: "six times",
    7: "seven times",
    8: "eight times",
    9: "nine times",
}
NEARLY_EQUAL = Decimal("1.25")
HALF = Decimal("0.5")
OF_CONTRACT = "the contract’s value"


def share_reading(
    name: str, money_share: Decimal | None, caseload_share: Decimal | None, *, of: str = OF_CONTRACT
) -> str:
    """Share of money, `of` what, beside share of caseload, and how many times one is the other when both are known."""
    money, caseload = percent(money_share), percent(caseload_share)
    if money_share is None and caseload_share is None:
        return f"Neither share of {name} is available."
    if caseload_share is None:
        return f"{name} takes {money} of {of}; its share of the caseload is not available."
    if money_share is None:
        return f"{name} holds {caseload} of the caseload; its share of the money is not available."
    whole_caseload = "its caseload" if of == OF_CONTRACT else "the caseload"
    both = f"{name} takes {money} of {of} and holds {caseload} of {whole_caseload}."
    if money_share == 0 or caseload_share == 0:
        return both
    return f"{both} {_times(money_share / caseload_share)}"


def _times(ratio: Decimal) -> str:
    turned = ratio if ratio >= 1 else 1 / ratio
    if turned < NEARLY_EQUAL:
        return "The two shares are about the same."
    more, less = ("money", "children") if ratio >= 1 else ("children", "money")
    times = int(turned + HALF)
    size = f"about {NUMBER_WORDS.get(times, f'{times} times')}" if times > 1 else "larger than"
    return f"Its share of the {more} is {size} its share of the {less}."


def what_if_reading(agreed: Decimal, asked: Decimal) -> str:
    """What of an annual amount is kept, and what leaves or comes, in one sentence."""
    if agreed == asked:
        return f"All of the {plain_pounds(agreed)} a year is kept."
    if asked < agreed:
        return f"{plain_pounds(asked)} of {plain_pounds(agreed)} a year is kept; {plain_pounds(agreed - asked)} moves."
    return f"{plain_pounds(asked)} a year in place of {plain_pounds(agreed)}: {plain_pounds(asked - agreed)} more."


def plain_pounds(amount: Decimal) -> str:
    """Whole pounds without pence, others with them."""
    return pounds(amount) if amount == amount.to_integral_value() else money(amount)
