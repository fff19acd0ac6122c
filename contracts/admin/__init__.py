"""The admin site's pages of this app: people, agreements, what is measured, decisions and the audit trail."""

from contracts.admin import agreements, clients, decisions, events, indicators, people

__all__ = ["agreements", "clients", "decisions", "events", "indicators", "people"]
