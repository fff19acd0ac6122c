"""Who agreed what: organisations, people, the agreement, its terms, decisions and the audit trail."""

from contracts.models.agreement import (
    Agreement,
    Area,
    Document,
    Party,
    PartyRole,
    Pathway,
    Place,
    PlaceKind,
    Power,
    ServiceElement,
    Stage,
)
from contracts.models.clients import SCOPE_PARTIES, ApiClient, ClientScope, ClientUse, Scope, TokenRequests
from contracts.models.decisions import DecisionStatus, Discussion, RecordOfDecision
from contracts.models.due_days import ReturnDueDay
from contracts.models.events import Event
from contracts.models.holidays import AddedHoliday
from contracts.models.organisations import Organisation
from contracts.models.people import Membership, Role, User
from contracts.models.published import PublishedFigure, Recomputation
from contracts.models.terms import Indicator, Polarity, Purpose, Target, Unit

__all__ = [
    "SCOPE_PARTIES",
    "AddedHoliday",
    "Agreement",
    "ApiClient",
    "Area",
    "ClientScope",
    "ClientUse",
    "DecisionStatus",
    "Discussion",
    "Document",
    "Event",
    "Indicator",
    "Membership",
    "Organisation",
    "Party",
    "PartyRole",
    "Pathway",
    "Place",
    "PlaceKind",
    "Polarity",
    "Power",
    "PublishedFigure",
    "Purpose",
    "Recomputation",
    "RecordOfDecision",
    "ReturnDueDay",
    "Role",
    "Scope",
    "ServiceElement",
    "Stage",
    "Target",
    "TokenRequests",
    "Unit",
    "User",
]
