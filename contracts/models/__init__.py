"""Who agreed what: organisations, people, the agreement, its terms, decisions and the audit trail."""

from contracts.models.agreed_actions import ActionMove, ActionState, AgreedAction
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
from contracts.models.appraisals import AppraisedOption, Criterion, OptionFunding, OptionsAppraisal, OptionScore
from contracts.models.calendar_feeds import CalendarFeed
from contracts.models.clients import SCOPE_PARTIES, ApiClient, ClientScope, ClientUse, Scope, TokenRequests
from contracts.models.decisions import DecisionMove, DecisionNotice, DecisionStatus, Discussion, RecordOfDecision
from contracts.models.due_days import ReturnDueDay
from contracts.models.events import Event
from contracts.models.handover import HandoverItem, HandoverOutcome, HandoverRecord, StandardHandoverItem
from contracts.models.holidays import AddedHoliday
from contracts.models.meetings import AgendaItem, Meeting, MeetingMove, MeetingNote, MeetingState
from contracts.models.notice_clocks import (
    ClockAnswer,
    ClockChange,
    ClockChangeKind,
    ClockRetiming,
    NoticeClock,
    RetimingCause,
)
from contracts.models.notice_evidence import EvidenceFigure, Occasion
from contracts.models.notice_kinds import (
    ClockUnit,
    NoticeKind,
    NoticeStep,
    StepClock,
    WhoActs,
    WithholdingBasis,
    WithholdingTerm,
)
from contracts.models.notice_letters import Letter, LetterTemplate
from contracts.models.notice_mails import NoticeMail
from contracts.models.notice_plans import Milestone, MilestoneOutcome, MilestoneRecord, NoticePlan
from contracts.models.notice_withholding import NoticeWithholding
from contracts.models.notices import EntryKind, Notice, NoticeEntry, NoticeMove
from contracts.models.organisations import Organisation
from contracts.models.people import Membership, Role, User
from contracts.models.published import PublishedFigure, Recomputation
from contracts.models.terms import Indicator, Polarity, Purpose, Target, Unit
from contracts.models.variation_record import VariationMove, VariationSignatory, VariationSignature
from contracts.models.variations import Variation, VariationPart

__all__ = [
    "SCOPE_PARTIES",
    "ActionMove",
    "ActionState",
    "AddedHoliday",
    "AgendaItem",
    "AgreedAction",
    "Agreement",
    "ApiClient",
    "AppraisedOption",
    "Area",
    "CalendarFeed",
    "ClientScope",
    "ClientUse",
    "ClockAnswer",
    "ClockChange",
    "ClockChangeKind",
    "ClockRetiming",
    "ClockUnit",
    "Criterion",
    "DecisionMove",
    "DecisionNotice",
    "DecisionStatus",
    "Discussion",
    "Document",
    "EntryKind",
    "Event",
    "EvidenceFigure",
    "HandoverItem",
    "HandoverOutcome",
    "HandoverRecord",
    "Indicator",
    "Letter",
    "LetterTemplate",
    "Meeting",
    "MeetingMove",
    "MeetingNote",
    "MeetingState",
    "Membership",
    "Milestone",
    "MilestoneOutcome",
    "MilestoneRecord",
    "Notice",
    "NoticeClock",
    "NoticeEntry",
    "NoticeKind",
    "NoticeMail",
    "NoticeMove",
    "NoticePlan",
    "NoticeStep",
    "NoticeWithholding",
    "Occasion",
    "OptionFunding",
    "OptionScore",
    "OptionsAppraisal",
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
    "RetimingCause",
    "ReturnDueDay",
    "Role",
    "Scope",
    "ServiceElement",
    "Stage",
    "StandardHandoverItem",
    "StepClock",
    "Target",
    "TokenRequests",
    "Unit",
    "User",
    "Variation",
    "VariationMove",
    "VariationPart",
    "VariationSignatory",
    "VariationSignature",
    "WhoActs",
    "WithholdingBasis",
    "WithholdingTerm",
]
