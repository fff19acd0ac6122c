"""How long something takes, as a spread over many times."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds that each time took."""

    seconds: tuple[float, ...]

    @property
    def p50(self) -> float:
        """Half of the times took no longer."""
        return median(self.seconds)

    @property
    def p95(self) -> float:
        """Nineteen of twenty times took no longer."""
        return quantiles(self.seconds, n=20, method="inclusive")[-1] if len(self.seconds) > 1 else self.seconds[0]


def seconds_of(work: Callable[[], object]) -> float:
    """How long `work` takes once."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def spread_of(work: Callable[[], object], times: int) -> Spread:
    """How long `work` takes, `times` times."""
    return Spread(tuple(seconds_of(work) for _ in range(times)))


def side_by_side(first: Callable[[], object], second: Callable[[], object], times: int) -> tuple[Spread, Spread]:
    """Two works in turn, so that whatever else the machine does concerns both."""
    pairs = [(seconds_of(first), seconds_of(second)) for _ in range(times)]
    return Spread(tuple(one for one, _ in pairs)), Spread(tuple(two for _, two in pairs))
