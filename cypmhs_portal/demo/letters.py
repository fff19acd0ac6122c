"""The wording of letters in the demo: the portal's own, to be edited, and one for the service of each kind."""

from datetime import datetime

from contracts.letters.wording import OWN
from contracts.models import Agreement, LetterTemplate, NoticeMail, Occasion
from cypmhs_portal.demo.lever_signals import AQN, CPN, IBN

HEAD = """To: {provider}
From: {commissioner}, coordinating commissioner
{clause} of the contract under {agreement}

"""
FOOT = """

Please acknowledge this notice in the portal, and answer it there.

{by}
for {commissioner}"""
SERVICE = {
    CPN: (
        "{kind} {number}: {subject}",
        HEAD + "This is a {kind}. {commissioner} serves it on {provider} on {served_on}, because the provider does not "
        "deliver what was agreed for {element}: {subject}.\n\n"
        "{reason}\n\n"
        "{commissioner} and {provider} meet by {due_on}: {step}. The time for it, {days}, runs from the day of "
        "service, which does not count. The meeting decides whether the notice is withdrawn, what is put right at "
        "once, whether a remedial action plan is agreed, or whether the matter is investigated jointly." + FOOT,
    ),
    AQN: (
        "{kind} {number}: {subject}",
        HEAD + "This is an {kind}. {commissioner} serves it on {provider} on {served_on}, because activity under "
        "{element} is not what was planned and the reason is not known: {subject}.\n\n"
        "{reason}\n\n"
        "{who_acts} meet by {due_on}: {step}. The time for it, {days}, runs from the day of service, which does not "
        "count." + FOOT,
    ),
    IBN: (
        "{kind} {number}: {subject}",
        HEAD + "This is an {kind}. {provider} has not sent what the contract asks for: {subject}.\n\n"
        "{reason}\n\n"
        "Please put this right by {due_on}: {step}. The time for it, {days}, runs from {served_on}, the day of "
        "service, which does not count. If it is not put right, {amount} may be withheld." + FOOT,
    ),
}


def load_letter_wordings(agreement: Agreement) -> None:
    """The wordings of `agreement`, where it has none yet."""
    if agreement.letter_templates.exists():
        return
    for occasion, own in OWN.items():
        LetterTemplate.objects.create(agreement=agreement, occasion=occasion, title=own.title, body=own.body)
    kinds = {kind.code: kind for kind in agreement.notice_kinds.all()}
    for code, (title, body) in SERVICE.items():
        LetterTemplate.objects.create(
            agreement=agreement, kind=kinds[code], occasion=Occasion.SERVED, title=title, body=body
        )


def tell_nobody_of_the_past(agreement: Agreement, *, at: datetime) -> None:
    """Let what the demo's people did before anybody looked send no e-mails."""
    NoticeMail.objects.filter(notice__agreement=agreement, sent_at=None).update(sent_at=at)
