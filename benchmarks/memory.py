"""How much memory something takes."""

import tracemalloc
from collections.abc import Callable


def peak_megabytes(work: Callable[[], object]) -> float:
    """The most that `work` held at once beyond what there was before, in megabytes."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1024 / 1024
    finally:
        tracemalloc.stop()
