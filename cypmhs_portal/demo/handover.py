"""What is usually handed over when an element ends: a made-up list, offered for the checklist."""

from contracts.models import Agreement, PartyRole, StandardHandoverItem

P = PartyRole
# What, whose it is, and how many days after the element's last day it is due.
ITEMS: tuple[tuple[str, PartyRole, int], ...] = (
    ("Write to families and referrers that referrals end, and where to go instead", P.PROVIDER, -90),
    ("Name the service that each open case moves to", P.PROVIDER, -60),
    ("Tell staff what the end means for them, with the rules on transfers of employment", P.PROVIDER, -60),
    ("Agree which services take on new referrals, and from when", P.COUNCIL, -60),
    ("Close the element to referrals at the single point of access", P.COORDINATING_COMMISSIONER, -28),
    ("Hand over or close every open case, with the family’s consent to pass on records", P.PROVIDER, 0),
    ("Settle the last month’s two caseloads with both signatures", P.COUNCIL, 28),
    ("Send the last return with its open book", P.PROVIDER, 14),
    ("Return or delete data that is no longer needed, and confirm it in writing", P.PROVIDER, 90),
    ("Certify the last payment and settle corrections and withheld sums", P.COUNCIL, 45),
)


def load_standard_handover(agreement: Agreement) -> None:
    """The standard list of `agreement`, where it has none yet."""
    if agreement.standard_handover_items.exists():
        return
    StandardHandoverItem.objects.bulk_create(
        StandardHandoverItem(agreement=agreement, what=what, owner=owner, days_after_end=days, position=position)
        for position, (what, owner, days) in enumerate(ITEMS, start=1)
    )
