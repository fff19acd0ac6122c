"""The portal’s own wording of each letter, which counts until an administrator keeps another."""

from typing import NamedTuple

from contracts.models import Occasion

HEAD = """To: {provider}
From: {commissioner}
{clause} of the contract under {agreement}

"""
FOOT = """

{by}
for {commissioner}"""


class Wording(NamedTuple):
    """A title and a body with names in braces."""

    title: str
    body: str


OWN: dict[str, Wording] = {
    Occasion.SERVED: Wording(
        "{notice}: {subject}",
        HEAD + "{commissioner} serves this notice on {provider} on {served_on}. It is about {subject}, for {element}, "
        "and was asked for by {council}.\n\n"
        "Reason: {reason}\n\n"
        "What comes next: {step}. It is due by {due_on}. Time for it: {days} from the day of service, which does not "
        "count. To act: {who_acts}.\n\n"
        "Please acknowledge this notice in the portal, and answer it there." + FOOT,
    ),
    Occasion.DECLINED: Wording(
        "Request for a notice declined: {subject}",
        "To: {council}\nFrom: {commissioner}\n\n"
        "{asked_by} asked for a notice, {kind}, about {subject}. {commissioner} does not serve it.\n\n"
        "Reason: {reason}\n\n"
        "{provider} was not told of the request." + FOOT,
    ),
    Occasion.EXCEPTION_REPORT: Wording(
        "Exception report under {notice}",
        HEAD + "What was agreed under {notice}, served on {served_on} about {subject}, was breached and not put right "
        "in time. {commissioner} reports this on {on} to the governing bodies of both parties.\n\n"
        "Reason: {reason}\n\n"
        "It is to be put right by {due_on}." + FOOT,
    ),
    Occasion.WITHHOLDING: Wording(
        "Payment withheld under {notice}",
        HEAD + "{notice}, served on {served_on} about {subject}, was not complied with. From {on} {amount} is "
        "withheld.\n\n"
        "Reason: {reason}\n\n"
        "{release}" + FOOT,
    ),
    Occasion.WITHDRAWN: Wording(
        "{notice} withdrawn",
        HEAD + "{commissioner} withdraws {notice}, served on {served_on} about {subject}, on {on}. No clock runs under "
        "it any more.\n\n"
        "Reason: {reason}" + FOOT,
    ),
    Occasion.CLOSED: Wording(
        "{notice} closed",
        HEAD + "{commissioner} closes {notice}, served on {served_on} about {subject}, on {on}. No clock runs under it "
        "any more.\n\n"
        "Reason: {reason}" + FOOT,
    ),
}
