"""How the writer of PDFs ends where it makes none. Pure."""

import signal

LIBRARIES_ARE_MISSING = 3
MEMORY_RAN_OUT = 4
# The system ends a process that used up its time.
TOO_LONG_TO_LAY_OUT = (MEMORY_RAN_OUT, -signal.SIGXCPU, -signal.SIGKILL)
