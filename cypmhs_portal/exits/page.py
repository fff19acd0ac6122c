"""The page of an element's exit: what is left to return, to pay, to settle and to hand over until it ends."""

from dataclasses import dataclass
from datetime import date

from django.forms import Form
from django.http import Http404

from contracts.access import Standing
from contracts.levers.ladder import ENDS
from contracts.levers.who_may import steps_of
from contracts.levers.wording import name_of_stage
from contracts.models import Agreement, Notice, ServiceElement
from contracts.queries.notices_held import notices_visible
from cypmhs_portal.exits.checklist import Checklist, checklist
from cypmhs_portal.exits.endings import Ending, ending_of
from cypmhs_portal.exits.money import MoneyToTheEnd, money_to_the_end
from cypmhs_portal.exits.proposals import proposed_endings
from cypmhs_portal.exits.returns import LastReturn, Settlement, last_return, settlement
from performance.returns_held import returns_held


@dataclass(frozen=True, slots=True)
class OpenNotice:
    """A notice about the element that is not closed, and where it stands."""

    notice: Notice
    stage: str


@dataclass(frozen=True, slots=True)
class ExitPage:
    """Everything the page shows."""

    element: ServiceElement
    ending: Ending
    lead: str
    last_return: LastReturn
    money: MoneyToTheEnd
    settlement: Settlement | None
    notices: tuple[OpenNotice, ...]
    checklist: Checklist
    problems: tuple[dict[str, str], ...]

    @property
    def handed_over(self) -> str:
        """How much of the checklist is done: "3 of 8"."""
        return f"{self.checklist.done} of {self.checklist.needed}"


def element_or_404(agreement: Agreement, code: str) -> ServiceElement:
    """The element called `code`; 404 where the agreement has none of that code."""
    element = agreement.elements.filter(code=code).first()
    if element is None:
        raise Http404("The agreement has no element of that name.")
    element.agreement = agreement
    return element


def exit_page(element: ServiceElement, standing: Standing, on: date, sent: Form | None = None) -> ExitPage:
    """The exit of an element as a reader sees it on the day `on`; `sent` is a form that came back with faults."""
    ending = ending_of(element, proposed_endings)
    return ExitPage(
        element=element,
        ending=ending,
        lead=ending.sentence(element.name, on),
        last_return=last_return(element, ending, returns_held(element.agreement), on),
        money=money_to_the_end(element, ending, standing, on),
        settlement=settlement(element, ending),
        notices=tuple(_open_notices(element, standing)),
        checklist=checklist(element, standing, on, sent),
        problems=tuple(_problems(sent)),
    )


def _open_notices(element: ServiceElement, standing: Standing) -> list[OpenNotice]:
    rows = notices_visible(standing).filter(element=element).exclude(stage__in=ENDS).order_by("pk")
    return [OpenNotice(one, name_of_stage(one.stage, steps_of(one))) for one in rows]


def _problems(sent: Form | None) -> list[dict[str, str]]:
    """What is wrong with the form that was sent, each with its field."""
    if sent is None:
        return []
    found = [{"text": str(text)} for text in sent.non_field_errors()]
    for field in sent:
        target = field.field.widget.id_for_label(field.auto_id) if field.auto_id else ""
        found += [{"text": str(text), "href": f"#{target}"} for text in field.errors]
    return found
