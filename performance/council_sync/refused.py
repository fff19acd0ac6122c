"""What refuses a whole batch: the one problem that its sender is told, in words that repeat nothing of it."""

from http import HTTPStatus

from performance.council_sync import limits


class BatchRefused(Exception):
    """A batch of which no case was kept: an HTTP status, and what was found, expected and would put it right."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


def not_json() -> BatchRefused:
    """A body that is no JSON in UTF-8."""
    return BatchRefused(
        HTTPStatus.BAD_REQUEST,
        "The body is not JSON in UTF-8: it is cut short, or a sign stands where none may. Send one JSON object with "
        "agreement, as_of and cases.",
    )


def empty() -> BatchRefused:
    """A request without a body."""
    return BatchRefused(
        HTTPStatus.BAD_REQUEST,
        "The request has no body. Send one JSON object with agreement, as_of and cases.",
    )


def too_deep() -> BatchRefused:
    """A body with brackets in brackets in brackets."""
    return BatchRefused(
        HTTPStatus.BAD_REQUEST,
        "The body has values nested too deeply. A case has texts, days, true, false and null only.",
    )


def too_large() -> BatchRefused:
    """A body of more bytes than may be sent at once."""
    return BatchRefused(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"The batch has more than {limits.LIMIT_IN_WORDS}. Send it in smaller batches; their order does not matter.",
    )


def too_many_cases() -> BatchRefused:
    """More cases than may be sent at once."""
    return BatchRefused(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"The batch has more than {limits.MAX_CASES:,} cases. Send it in smaller batches; their order does not matter.",
    )


def not_an_object() -> BatchRefused:
    """JSON that is something else than an object."""
    return BatchRefused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The body is no batch: it must be one JSON object with agreement (a text), as_of (a day) and cases (a list).",
    )


def no_cases() -> BatchRefused:
    """A batch without a list of cases."""
    return BatchRefused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The batch has no list called cases. Send one, which may be empty where nothing changed.",
    )


def not_an_agreement() -> BatchRefused:
    """An agreement that is no text."""
    return BatchRefused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "agreement must be the agreement’s reference as a text, in quotation marks.",
    )


def other_member(name: str) -> BatchRefused:
    """A batch with something that batches do not have; `name` is "" where it may not be repeated."""
    called = f" called {name}" if name else ""
    return BatchRefused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        f"The batch has something{called} beside agreement, as_of and cases. Leave it out.",
    )


def member_twice() -> BatchRefused:
    """A batch that says one thing twice."""
    return BatchRefused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The batch has agreement, as_of or cases twice, so it says two things. Send each once.",
    )


def not_a_day() -> BatchRefused:
    """A batch that does not say which day's caseload it describes."""
    return BatchRefused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "as_of must be the day whose caseload the batch describes, written as 2019-08-31 and not before "
        f"{limits.EARLIEST_YEAR}.",
    )


def day_ahead() -> BatchRefused:
    """A batch that describes a day that has not come."""
    return BatchRefused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "as_of is a day after today, whose caseload nobody knows yet. Send the day that the cases were drawn up for.",
    )


def day_of_no_month(first: str, last: str) -> BatchRefused:
    """A batch that describes a day of a month that is none of the agreement's."""
    return BatchRefused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        f"as_of is in no month of the agreement, which has those from {first} to {last}. Send the day that the cases "
        "were drawn up for. No case of this batch was kept.",
    )


def no_form_of_references() -> BatchRefused:
    """A batch of an agreement that has not said what a case reference looks like: it could be anything, a name too."""
    return BatchRefused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Nobody has agreed yet what a case reference of this agreement looks like, so none can be told from a name. "
        "Ask an administrator of the portal to enter the form of case references first, and send the batch again.",
    )


def too_many_routes() -> BatchRefused:
    """So many ways to come in, where none are agreed, that they are something else: names, most likely."""
    return BatchRefused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The cases have too many different referral routes to be routes: perhaps they are names. Put there how a "
        "case came in, such as SPA, and nothing else. No case of this batch was kept.",
    )


def not_yours() -> BatchRefused:
    """An agreement that there is not, or in which the client may not send cases: one answer for both."""
    return BatchRefused(
        HTTPStatus.NOT_FOUND,
        "There is no agreement of that reference in which this client may send cases. Check the reference, or ask "
        "an administrator of the portal for the scope early-help:write in it.",
    )


def name_the_agreement() -> BatchRefused:
    """A batch without an agreement, from a client that has the scope in several."""
    return BatchRefused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "This client may send cases in more than one agreement: say in agreement which one the batch is of.",
    )


def not_a_key() -> BatchRefused:
    """An Idempotency-Key that is none."""
    return BatchRefused(
        HTTPStatus.BAD_REQUEST,
        f"The Idempotency-Key must be sent once, with 1 to {limits.LONGEST_KEY} visible ASCII characters other than a "
        "comma, such as a UUID. Correct it, or leave the header out.",
    )


def key_used() -> BatchRefused:
    """A key that came with another body before."""
    return BatchRefused(
        HTTPStatus.CONFLICT,
        "This client sent another body under this Idempotency-Key. Send a new batch under a new key; the old key is "
        "for sending the old batch again.",
    )
