"""What a stage is called: by the name that the kind of notice has for it, by the portal's own otherwise."""

from collections.abc import Mapping

from contracts.levers.ladder import NoticeStage


def name_of_stage(stage: str, own_names: Mapping[str, str]) -> str:
    """What the kind of notice calls the stage: "Contract management meeting"; "Withdrawn" for an end.

    `own_names` are the names of the kind's steps by their stage.
    """
    return own_names.get(stage) or str(NoticeStage(stage).label)


def stands_at(stage: str, own_names: Mapping[str, str]) -> str:
    """Where a notice stands, as the middle of a sentence: "is at “Remedial action plan”", "is declined"."""
    if stage in own_names:
        return f"is at “{own_names[stage]}”"
    label = str(NoticeStage(stage).label)
    return f"is {label[0].lower()}{label[1:]}"
