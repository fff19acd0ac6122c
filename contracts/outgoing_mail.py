"""An e-mail of the portal, made from a template whose first line is the subject."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string


def mail_of(template: str, context: Mapping[str, object], *, to: str, identity: str) -> EmailMessage:
    """The message to the address `to`.

    It carries the same Message-ID, made of `identity`, whenever it is made, so that a copy sent twice, after a crash
    between sending and writing that down, is known as a copy.
    """
    text = render_to_string(template, dict(context))
    subject, _, body = text.lstrip().partition("\n")
    host = settings.PORTAL_ADDRESS.partition("://")[2].partition(":")[0]
    headers = {"Message-ID": f"<{identity}@{host}>"}
    return EmailMessage(" ".join(subject.split()), body.lstrip(), to=[to], headers=headers)
