"""Why a case is refused: a code for machines and a sentence for people, which repeats nothing of the case."""

from enum import StrEnum

from performance.case_list.limits import LONGEST_OPEN_YEARS
from performance.council_sync import limits


class Reason(StrEnum):
    """The first thing that is wrong with a case; personal data comes before everything else."""

    PERSONAL_DATA = "personal-data"
    UNREADABLE = "unreadable"
    NOT_A_CASE = "not-a-case"
    REPEATED_FIELD = "repeated-field"
    UNKNOWN_FIELD = "unknown-field"
    MISSING_FIELD = "missing-field"
    WRONG_TYPE = "wrong-type"
    CASE_REFERENCE = "case-reference"
    UPDATED_AT = "updated-at"
    UPDATED_AHEAD = "updated-ahead"
    DISTRICT = "unknown-district"
    PATHWAY = "unknown-pathway"
    REFERRAL_ROUTE = "referral-route"
    DATE = "date"
    OPENED_LATER = "opened-later"
    OPENED_LONG_AGO = "opened-long-ago"
    CLOSED_BEFORE_OPENED = "closed-before-opened"
    CLOSED_AHEAD = "closed-ahead"
    UNIT = "unit"
    TOMBSTONE = "tombstone-with-content"

    def said(self, field: str = "", agreed: str = "") -> str:
        """The sentence, about `field` where it may be one of several, and with what is `agreed` in its place."""
        sentence = SENTENCES[self].format(field=field, called=f" called {field}" if field else "")
        return " ".join(filter(None, (sentence, INSTEAD.get((self, field), ""), agreed)))


SENTENCES = {
    Reason.PERSONAL_DATA: "The case seems to hold something that could identify a child (a name, an NHS number, a "
    "postcode or a date of birth), or a field for it. It was neither kept nor repeated; leave it out and send the "
    "case again.",
    Reason.UNREADABLE: "The case has a value that is no readable text or number.",
    Reason.NOT_A_CASE: "A case must be a JSON object.",
    Reason.REPEATED_FIELD: "The case has a field twice, so it says two things. Send each field once.",
    Reason.UNKNOWN_FIELD: "The case has a field{called} that is not agreed. Send case_ref, district, pathway, "
    "referral_route, opened_on, closed_on, unit, goals_met and updated_at, or case_ref, updated_at and deleted.",
    Reason.MISSING_FIELD: "The case has no {field}.",
    Reason.WRONG_TYPE: "{field} is not of the agreed kind. Texts and days stand in quotation marks; goals_met and "
    "deleted are true or false.",
    Reason.CASE_REFERENCE: "case_ref is not of the agreed form, so it is not repeated. Send the pseudonym that both "
    "systems know the case by.",
    Reason.UPDATED_AT: "updated_at is no moment with a time zone. Write it as 2019-08-31T11:35:00Z, not before "
    f"{limits.EARLIEST_YEAR}.",
    Reason.UPDATED_AHEAD: "updated_at is more than a day ahead. Check the clock of the system that sent it.",
    Reason.DISTRICT: "district is no GSS code of a district that belongs to an area of the agreement.",
    Reason.PATHWAY: "pathway is neither the name nor the code of a pathway of the agreement.",
    Reason.REFERRAL_ROUTE: "referral_route is no agreed route.",
    Reason.DATE: "{field} is no day of the calendar. Write it as 2019-08-31.",
    Reason.OPENED_LATER: "opened_on is after the day that the batch describes. Send the case with a later as_of.",
    Reason.OPENED_LONG_AGO: f"opened_on is more than {LONGEST_OPEN_YEARS} years before as_of: perhaps a date of birth.",
    Reason.CLOSED_BEFORE_OPENED: "closed_on is before opened_on.",
    Reason.CLOSED_AHEAD: "closed_on is a day after today. Leave it null until the case is closed.",
    Reason.UNIT: "unit is no code such as EHU-108-2: up to four capital letters, then one or two groups of up to three "
    "digits. Leave it out where it has no such code.",
    Reason.TOMBSTONE: "A deleted case carries case_ref, updated_at and deleted and nothing else. Leave the rest out.",
}
# What to send for a field that is not there.
INSTEAD = {
    (Reason.MISSING_FIELD, "case_ref"): "Send the pseudonym that both systems know the case by.",
    (Reason.MISSING_FIELD, "district"): "Send the district’s GSS code, such as E07000108.",
    (Reason.MISSING_FIELD, "pathway"): "Send the name or the code of the pathway that the case is on.",
    (Reason.MISSING_FIELD, "referral_route"): "Send how the case came in, such as SPA.",
    (Reason.MISSING_FIELD, "updated_at"): "Send when the case was changed last, such as 2019-08-31T11:35:00Z.",
    (Reason.MISSING_FIELD, "opened_on"): "Send the day, such as 2019-08-31.",
    (Reason.MISSING_FIELD, "closed_on"): "Send the day, or null while the case is open.",
}
