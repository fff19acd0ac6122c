"""Where the embedded servers keep their data and where they listen. Computes only; touches no disk."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DATABASE = "portal"
SUPERUSER = "postgres"


def var_folder(environ: Mapping[str, str]) -> Path:
    """The folder that holds all state: PORTAL_VAR, else `var` in the checkout. Absolute."""
    return Path(environ.get("PORTAL_VAR") or CHECKOUT / "var").expanduser().absolute()


def socket_folder(var: Path) -> Path:
    """The short folder the embedded servers of this state folder listen in.

    A unix socket's whole path may have about 100 characters, and a checkout can lie deeper than that.
    It is not `tempfile.gettempdir()`, so that two shells with different TMPDIR agree on it.
    """
    digest = hashlib.sha1(str(var).encode(), usedforsecurity=False).hexdigest()[:12]
    return Path("/tmp") / f"cypmhs-{digest}"


def postgres_data(var: Path) -> Path:
    """The embedded PostgreSQL's data folder."""
    return var / "postgres"


def redis_data(var: Path) -> Path:
    """The embedded Redis's data folder."""
    return var / "redis"


def redis_socket(var: Path) -> Path:
    """The socket the embedded Redis listens on."""
    return socket_folder(var) / "redis.sock"


def postgres_url(var: Path) -> str:
    """The embedded database in the form that DATABASE_URL has."""
    return f"postgres://{SUPERUSER}@/{socket_folder(var)}/{DATABASE}"


def redis_url(var: Path) -> str:
    """The embedded broker in the form that Celery takes."""
    return f"redis+socket://{redis_socket(var)}?virtual_host=0"


def redis_client_url(var: Path) -> str:
    """The embedded broker in the form that redis-py takes."""
    return f"unix://{redis_socket(var)}?db=0"
