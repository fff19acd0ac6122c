"""The names in braces that the wording of a letter may hold, and filling them in. Pure."""

import re
from collections.abc import Collection, Mapping

# What each name stands for, and the words that take its place where there is nothing to say.
NAMES: dict[str, tuple[str, str]] = {
    "notice": ("The notice with its number: Contract Performance Notice 2019/02", "the notice"),
    "number": ("The number alone: 2019/02", "no number"),
    "kind": ("The kind of notice: Contract Performance Notice", "notice"),
    "clause": ("Where the contract has it: General Condition 9", "the clause of the contract that applies"),
    "subject": ("What the notice is about: Early Help caseload", "its subject"),
    "element": ("The funded element that it is about: Early Help Units", "the service as a whole"),
    "agreement": ("The agreement and its reference", "the agreement"),
    "provider": ("The provider’s name", "the provider"),
    "commissioner": ("The coordinating commissioner’s name", "the coordinating commissioner"),
    "council": ("The council’s name", "the council"),
    "asked_by": ("Who asked for the notice", "the council"),
    "by": ("Who takes this step", "the coordinating commissioner"),
    "served_on": ("Day of service: 3 September 2019", "a day not set, because it was not served"),
    "on": ("The day of this step: 17 September 2019", "a day that was not recorded"),
    "step": ("What the notice waits for now: Contract management meeting", "nothing more"),
    "who_acts": ("Who is to do that: Provider", "nobody"),
    "due_on": ("The day by which: 17 September 2019", "a day that no term sets"),
    "days": ("How long that may take: 10 Operational Days", "no set time"),
    "reason": ("The reason for this step, and for service the reason for the notice", "no reason was recorded"),
    "amount": ("What may be withheld: 2% of the monthly instalment of Early Help Units", "nothing that a term sets"),
    "release": (
        "What becomes of what is withheld: If it is put right by 3 December 2019, what is withheld is released.",
        "What is withheld is released or kept by the terms of the contract.",
    ),
}
# What a sentence is about where it names one of these: without a value there is nothing to say, so it is left out.
OF_A_CLOCK = ("{due_on}", "{days}")
# Whatever stands between two braces was meant as a name, even one that there is not.
IN_BRACES = re.compile(r"\{([^{}]*)\}")
AFTER_A_SENTENCE = re.compile(r"(?<=[.!?]) ")
LONE_BRACE = re.compile(r"[{}]")


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with each name in braces replaced by its value, or by words where the value is empty.

    A sentence about a clock is left out where none runs. What a value says is never read as wording: braces in it stay
    braces. A name that there is not stays as it is.
    """
    nothing = [name for name in OF_A_CLOCK if not values.get(name[1:-1])]
    lines = (_without(line, nothing) for line in text.split("\n"))
    return IN_BRACES.sub(lambda found: _value(found[1], values, found[0]), "\n".join(lines))


def faults_of(text: str) -> list[str]:
    """What is wrong with the names in a wording, as sentences; none where all can be filled in."""
    unknown = dict.fromkeys(name for name in IN_BRACES.findall(text) if name not in NAMES)
    faults = [f"There is no name “{{{name}}}”. The names are {names_listed()}." for name in unknown]
    if LONE_BRACE.search(IN_BRACES.sub("", text)):
        faults.append("A brace stands alone. A name is written between two, as in {notice}.")
    return faults


def names_listed() -> str:
    """Every name with its braces: "{notice}, {number}, …"."""
    return ", ".join(f"{{{name}}}" for name in NAMES)


def _without(line: str, names: Collection[str]) -> str:
    """A line of wording without the sentences that hold one of `names`."""
    return " ".join(one for one in AFTER_A_SENTENCE.split(line) if not any(name in one for name in names))


def _value(name: str, values: Mapping[str, str], as_it_is: str) -> str:
    if name not in NAMES:
        return as_it_is
    return values.get(name) or NAMES[name][1]
