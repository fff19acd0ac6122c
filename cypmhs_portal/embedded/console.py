"""The embedded database around one command typed at the console."""

import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from types import FrameType

from cypmhs_portal.embedded import places
from cypmhs_portal.embedded.postgres import running_postgres
from cypmhs_portal.embedded.sharing import EmbeddedServerError

# Commands that read no rows. `run` is here because it starts the database itself and says so.
NEED_NO_DATABASE = frozenset(
    {"help", "version", "--help", "-h", "--version", "collectstatic", "compilemessages", "diffsettings"}
    | {"run", "spc", "screenshots"}
)


def needs_database(arguments: Sequence[str]) -> bool:
    """Whether the command that these words name reads or writes rows."""
    if not arguments or arguments[0] in NEED_NO_DATABASE:
        return False
    if "--help" in arguments or "-h" in arguments:
        return False
    return arguments[0] != "check" or "--database" in arguments


@contextmanager
def database_for(arguments: Sequence[str], environ: Mapping[str, str]) -> Iterator[None]:
    """Hold the embedded database while the block runs, if the command needs one and DATABASE_URL names none.

    A SIGTERM ends the block in order, so that the server is not left behind. When the database cannot be
    had, its reason is printed and the process ends with 1.
    """
    if environ.get("DATABASE_URL") or not needs_database(arguments):
        yield
        return
    signal.signal(signal.SIGTERM, end_in_order)
    with ExitStack() as held:
        try:
            held.enter_context(running_postgres(places.var_folder(environ)))
        except EmbeddedServerError as error:
            sys.exit(str(error))
        yield


def end_in_order(number: int, _frame: FrameType | None) -> None:
    """Turn a signal into an ordinary exit, with the code a shell expects of it."""
    sys.exit(128 + number)
