"""A database for one run: on the server that DATABASE_URL names, else on an embedded one."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from cypmhs_portal.embedded import places
from cypmhs_portal.embedded.postgres import running_postgres


@contextmanager
def own_database(var: Path, environ: Mapping[str, str]) -> Iterator[str]:
    """The address of an empty database, dropped or left with its folder when the block ends."""
    server = environ.get("DATABASE_URL")
    if not server:
        with running_postgres(var):
            yield places.postgres_url(var)
        return
    name = f"portal_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
