"""Which way money flows, by the power an agreement is made under. Imports no Django."""

WHY_NO_PAYMENT = {
    "s256": "Under section 256 the NHS pays the council: no payment from the council to the NHS is certified here.",
}


def why_no_payment_under(power: str) -> str:
    """Why a council pays nothing under `power` (NHS Act 2006, section 256: an NHS body pays); empty where it pays."""
    return WHY_NO_PAYMENT.get(power, "")
