"""What the agreement has in the place of a value that it does not know, in words. Nothing in them is of a case."""

from collections.abc import Mapping

from performance.council_sync.reasons import Reason
from performance.council_sync.shapes import SyncRules

# So many are read at a glance; a sentence of more is none.
MOST_NAMED = 20


def agreed_instead(rules: SyncRules) -> Mapping[Reason, str]:
    """The end of a refusal's sentence, by its reason: what may be sent, or how much there is and where it stands."""
    routes = list(dict.fromkeys(rules.routes.values()))
    districts = sorted(rules.districts)
    return {
        Reason.REFERRAL_ROUTE: _one_of(routes) or "None are agreed, so send one word, such as SPA.",
        Reason.PATHWAY: _one_of(list(dict.fromkeys(one.code for one in rules.pathways.values()))),
        Reason.DISTRICT: f"There are {len(districts):,}, from {districts[0]} to {districts[-1]}; an administrator of "
        "the portal finds them under Places."
        if districts
        else "There is none yet: an administrator of the portal enters them.",
    }


def _one_of(words: list[str]) -> str:
    if not words:
        return ""
    more = f" (and {len(words) - MOST_NAMED:,} more)" if len(words) > MOST_NAMED else ""
    return f"Send one of: {', '.join(words[:MOST_NAMED])}{more}."
