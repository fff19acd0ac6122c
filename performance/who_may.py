"""Who may take the next step with a version, and why somebody else may not. Nobody decides on their own work."""

from dataclasses import dataclass

from contracts.access import Standing
from contracts.permissions import Permission
from performance.conditions import people_behind
from performance.models import State, Version


@dataclass(frozen=True, slots=True)
class Step:
    """A step that the version's state allows: open to the reader, or the reason why it is not."""

    may: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that a version may take next; None for one that its state does not have."""

    signing: Step | None
    deciding: Step | None
    withdrawing: Step | None

    @property
    def is_any(self) -> bool:
        """Whether there is a step to take, by the reader or by somebody else."""
        return bool(self.signing or self.deciding or self.withdrawing)


def steps(version: Version, standing: Standing, provider: str, coordinator: str) -> Steps:
    """Every step that may come next, for this reader."""
    return Steps(
        signing=signing(version, standing, provider),
        deciding=deciding(version, standing, coordinator),
        withdrawing=withdrawing(version, standing),
    )


def signing(version: Version, standing: Standing, provider: str) -> Step | None:
    """Signing a draft off; None for a version that is no draft."""
    if version.state != State.DRAFT:
        return None
    if standing.may(Permission.SIGN_RETURN):
        return Step(True)
    return Step(False, f"Only {provider}’s signatory can sign this return off.")


def deciding(version: Version, standing: Standing, coordinator: str) -> Step | None:
    """Accepting or sending back a version that waits for it; None for any other."""
    if version.state != State.SUBMITTED:
        return None
    if not standing.may(Permission.ACCEPT_RETURN):
        return Step(False, f"Only {coordinator} can accept this return or send it back.")
    if standing.user.pk in people_behind(version):
        return Step(False, "You uploaded or signed this version, so somebody else decides on it.")
    return Step(True)


def withdrawing(version: Version, standing: Standing) -> Step | None:
    """Taking back a version that waits for acceptance; None for any other, and for those who never could."""
    is_open = version.state == State.SUBMITTED and standing.may(Permission.SIGN_RETURN)
    return Step(True) if is_open else None
