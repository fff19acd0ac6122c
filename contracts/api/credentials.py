"""What a client signs in with at the token address, as RFC 6749 §2.3 lets it be written: once, and in one place."""

from django.http import HttpRequest

from contracts.api.authentication import basic_pair

NUL = "\0"
TWICE = "Something stands in the form more than once. Send each name once."
IN_TWO_PLACES = "Send the identifier and the secret once: as a form, or in a Basic header."


def slip_in(request: HttpRequest) -> str:
    """What is written so that it could be read in two ways; "" where nothing is."""
    if any(len(values) > 1 for _, values in request.POST.lists()):
        return TWICE
    if not _has_basic(request):
        return ""
    # Some libraries repeat the identifier in the form, which is no second way to sign in (RFC 6749 §3.2.1).
    is_another = request.POST.get("client_id", identifier_in(request)) != identifier_in(request)
    return IN_TWO_PLACES if "client_secret" in request.POST or is_another else ""


def is_nobodys(request: HttpRequest) -> bool:
    """Whether identifier, secret or scope hold what none has: a broken Basic header, or a NUL, which no row holds."""
    try:
        texts = basic_pair(request)
    except ValueError:
        return True
    return any(NUL in text for text in (*texts, *(str(value) for value in request.POST.dict().values())))


def identifier_in(request: HttpRequest) -> str:
    """The identifier that the request names; "" where it names none, or where its header is broken."""
    try:
        return (basic_pair(request) or [request.POST.get("client_id", "")])[0]
    except ValueError:
        return ""


def _has_basic(request: HttpRequest) -> bool:
    return request.headers.get("Authorization", "").partition(" ")[0].lower() == "basic"
