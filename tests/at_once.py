"""Steps that people take at the same moment, each with a database connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection
from django.db.models import Model

from contracts.actions.refusals import Refused

M = TypeVar("M", bound=Model)


def at_once(*steps: Callable[[], M]) -> tuple[list[M], list[str]]:
    """Take the steps in threads that begin together: what came of those that could be, and why the others could not."""
    start = Barrier(len(steps))

    def take(step: Callable[[], M]) -> M | str:
        try:
            start.wait()
            return step()
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as threads:
        came = list(threads.map(take, steps))
    return [one for one in came if not isinstance(one, str)], [one for one in came if isinstance(one, str)]
