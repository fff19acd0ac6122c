"""Loading the demo: reference data once, then whatever sample returns are missing, then the figures."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from contracts import audit
from contracts.models import Agreement
from cypmhs_portal.demo.actions import load_actions
from cypmhs_portal.demo.agreement import REFERENCE, load_agreement
from cypmhs_portal.demo.appraisal import load_appraisal
from cypmhs_portal.demo.clients import FILE_NAME, load_clients
from cypmhs_portal.demo.council import load_council
from cypmhs_portal.demo.decisions import load_decisions
from cypmhs_portal.demo.handover import load_standard_handover
from cypmhs_portal.demo.indicators import load_indicators
from cypmhs_portal.demo.letters import load_letter_wordings, tell_nobody_of_the_past
from cypmhs_portal.demo.lever_signals import load_lever_signals
from cypmhs_portal.demo.measures import load_measures
from cypmhs_portal.demo.money import load_payments, load_shortfall_rate
from cypmhs_portal.demo.notice_kinds import load_notice_kinds
from cypmhs_portal.demo.notices import load_notices
from cypmhs_portal.demo.people import load_organisations, load_people
from cypmhs_portal.demo.published import load_published_figures
from cypmhs_portal.demo.reminders import load_reminder_rules
from cypmhs_portal.demo.returns import load_returns
from cypmhs_portal.demo.variations import load_variations
from performance.actions.days import open_the_day
from performance.actions.reminding import write_reminders
from performance.recompute import work_off


def load_demo(*, at: datetime, sign_ins_file: Path, say: Callable[[str], object]) -> Agreement:
    """The Kent agreement, its people, returns and figures. A second run finds all of it and changes nothing."""
    organisations = load_organisations()
    people = load_people(organisations, sign_ins_file)
    agreement = Agreement.objects.filter(reference=REFERENCE).first()
    if agreement is None:
        say("Loading the Kent agreement")
        agreement = _load_terms(organisations)
    load_shortfall_rate(agreement)
    load_notice_kinds(agreement)
    load_standard_handover(agreement)
    load_lever_signals(agreement)
    load_letter_wordings(agreement)
    load_appraisal(agreement)
    load_actions(agreement, people)
    systems = load_clients(agreement, sign_ins_file.with_name(FILE_NAME), at=at)
    say(f"Made {systems} API clients" if systems else "Every API client is there already")
    new = load_returns(agreement, people)
    say(f"Took in {new} sample returns" if new else "Every sample return is there already")
    batches = load_council(agreement)
    say("Took in the council’s sample cases" if batches else "The council’s sample cases are there already")
    paid = load_payments(agreement)
    say(f"Made {paid} sample payments" if paid else "There are payments already")
    proposed = load_variations(agreement)
    say("Proposed the split of the council’s investment" if proposed else "There are variations already")
    open_the_day(agreement, at=at)
    write_reminders(agreement, at=at)
    done = work_off(agreement)
    say("Worked the figures out" if done else "The figures are up to date")
    notices = load_notices(agreement, people)
    if notices:
        tell_nobody_of_the_past(agreement, at=at)
    say(f"Made {notices} sample notices" if notices else "There are notices already")
    return agreement


@transaction.atomic
def _load_terms(organisations: dict) -> Agreement:  # type: ignore[type-arg]
    agreement = load_agreement(organisations)
    load_measures(agreement)
    load_indicators(agreement)
    load_decisions(agreement)
    load_published_figures(agreement)
    load_reminder_rules(agreement)
    load_shortfall_rate(agreement)
    load_notice_kinds(agreement)
    load_standard_handover(agreement)
    load_lever_signals(agreement)
    load_letter_wordings(agreement)
    audit.record("agreement loaded", by=audit.CONSOLE, agreement=agreement, subject=str(agreement))
    return agreement
