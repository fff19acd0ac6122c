"""That a figure is disputed, beside the figure."""

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html

from contracts.formatting import whole
from contracts.models import Agreement
from cypmhs_portal.templatetags.components import tag
from performance.disputed_figures import FigureDisputes
from performance.models import Figure

register = template.Library()


@register.simple_tag(takes_context=True)
def dispute_tag(context: Context, figure: Figure | None, disputes: FigureDisputes, agreement: Agreement) -> str:
    """ "Disputed" beside a figure, or the figure that both sides signed; leads to the month's two caseloads.

    `{% dispute_tag figure page.disputes agreement %}`, and nothing for a figure that neither is true of.
    """
    found = disputes.of(figure)
    if found is None:
        return ""
    path = reverse("reconciliation_month", args=[agreement.reference, found.month])
    looking = context.get("looking")
    url = path + looking.query if looking else path
    if found.agreed:
        words = f"Agreed figure: {whole(found.agreed.children)}, signed by {disputes.signed_by}"
        return format_html('<a class="govuk-link" href="{}">{}</a>', url, words)
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, tag("Disputed", "orange"))
