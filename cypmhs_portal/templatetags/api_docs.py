"""Words of the API's document on a page."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
QUOTED = re.compile(r"`([^`]+)`")


@register.filter
def with_code(text: str) -> SafeString:
    """The text with what stands between backticks as code."""
    return mark_safe(QUOTED.sub(r"<code>\1</code>", str(conditional_escape(text))))
