"""Who is told of what happened to a notice."""

from django.db.models import Exists, OuterRef, QuerySet

from contracts.access import people_who_may
from contracts.levers.ladder import NoticeStage
from contracts.models import Event, Membership, Notice, PartyRole, User
from contracts.permissions import Permission

# Who decides on notices, asks for them or answers them. Auditors and associates read them when they wish.
BEFORE_SERVICE = (Permission.ASK_FOR_NOTICE, Permission.ISSUE_NOTICE)
AFTER_SERVICE = (*BEFORE_SERVICE, Permission.ANSWER_NOTICE)
# What begins or ends with one of these changes the month’s payment.
ABOUT_MONEY = NoticeStage.WITHHOLDING


def people_told(event: Event, notice: Notice) -> QuerySet[User]:
    """The people of the parties who are concerned: never who did it, and nobody of the provider before service."""
    permissions = AFTER_SERVICE if notice.was_served else BEFORE_SERVICE
    if _is_about_money(event):
        permissions = (*permissions, Permission.CERTIFY_PAYMENT)
    people = people_who_may(notice.agreement, *permissions)
    if event.actor_id is not None:
        people = people.exclude(pk=event.actor_id)
    return people if notice.was_served else people.exclude(Exists(_of_provider(notice)))


def _of_provider(notice: Notice) -> QuerySet[Membership]:
    held = Membership.objects.filter(user=OuterRef("pk"))
    return held.filter(organisation__parties__agreement=notice.agreement_id,
                       organisation__parties__role=PartyRole.PROVIDER)  # fmt: skip


def _is_about_money(event: Event) -> bool:
    stages = [(event.before or {}).get("stage"), (event.after or {}).get("stage")]
    return ABOUT_MONEY in stages and stages[0] != stages[1]
