"""How the council's syncs do, for the administrator's page and for the message of a silence."""
