"""Where the portal answers on this machine."""

import socket
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
HIGHEST_PORT = 65535
HTTP_OK = 200
ASK_SECONDS = 5


class AddressError(ValueError):
    """The address cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Address:
    """The host and port that the web server listens on."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address a person types."""
        host = DEFAULT_HOST if self.host == "0.0.0.0" else self.host
        return f"http://{host}:{self.port}/"


def wanted_address(environ: Mapping[str, str]) -> Address:
    """The address that HOST and PORT ask for, else 127.0.0.1:8000. Raises AddressError for a bad PORT."""
    port = environ.get("PORT") or str(DEFAULT_PORT)
    if not port.isascii() or not port.isdigit() or not 0 < int(port) <= HIGHEST_PORT:
        raise AddressError(f"PORT is “{port}”, but a port is a whole number from 1 to {HIGHEST_PORT}.")
    return Address(environ.get("HOST") or DEFAULT_HOST, int(port))


def check_is_free(address: Address) -> None:
    """Raises AddressError when another program listens there."""
    with socket.socket(socket.AF_INET6 if ":" in address.host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address.host, address.port))
        except OSError as error:
            raise AddressError(
                f"Port {address.port} on {address.host} cannot be used ({error.strerror}). Stop the program that "
                f"uses it, or choose another port: make run PORT={min(address.port + 1, HIGHEST_PORT)}"
            ) from error


def answers(address: Address) -> bool:
    """Whether the portal says that it is alive there."""
    try:
        with urllib.request.urlopen(f"{address.url}healthz", timeout=ASK_SECONDS) as answer:
            return bool(answer.status == HTTP_OK)
    except (urllib.error.URLError, OSError):
        return False
