"""The portal's settings for tests: test mode, and a state folder apart from the demo's.

The environment is completed here because pytest reads the settings before any conftest.py.
"""

import os

from cypmhs_portal.embedded.places import CHECKOUT

os.environ.setdefault("PORTAL_TESTING", "1")
os.environ.setdefault("PORTAL_VAR", str(CHECKOUT / "var" / "test"))
# Playwright runs an event loop in the thread of the test, beside the live server's database connection.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from cypmhs_portal.settings import *  # noqa: F403
