"""The admin site's pages of this app: people, agreements, what is measured, decisions and the audit trail."""

from contracts.admin import (
    agreements,
    appraisals,
    clients,
    decisions,
    events,
    handover,
    indicators,
    letters,
    notice_kinds,
    notice_mails,
    people,
)

__all__ = [
    "agreements",
    "appraisals",
    "clients",
    "decisions",
    "events",
    "handover",
    "indicators",
    "letters",
    "notice_kinds",
    "notice_mails",
    "people",
]
