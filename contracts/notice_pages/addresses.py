"""Where each page and each step of a notice is found."""

from dataclasses import dataclass

from django.urls import reverse

from contracts.models import Notice


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    text: str
    url: str


def url_of(notice: Notice, name: str = "notice_detail", *more: object) -> str:
    """The address called `name` of a notice."""
    return reverse(name, args=[notice.agreement.reference, notice.pk, *more])
