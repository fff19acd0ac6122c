#!/usr/bin/env bash
# Makes .venv with the packages that uv.lock names. Quick when there is nothing to do.
set -euo pipefail
cd "$(dirname "$0")/.."

find_python() {
    local name
    for name in ${PYTHON_FOR_VENV:-} python3.11 python3.12 python3.13 python3 python; do
        # A name can be a stub that stands for a version that is not installed: it has to run.
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    echo "No Python 3.11, 3.12 or 3.13 was found. Install one, or name it: make setup PYTHON_FOR_VENV=/path/to/python3.11" >&2
    return 1
}

uv_version=$(sed -n '/^name = "uv"$/{n;s/^version = "\(.*\)"$/\1/p}' uv.lock)
python=.venv/bin/python
if ! "$python" -c 'import pip' 2>/dev/null; then
    found=$(find_python)
    echo "Setup: making .venv with $("$found" --version) …"
    "$found" -m venv --clear .venv || {
        echo "Python's venv module does not work here; on Debian: apt-get install python3-venv" >&2
        exit 1
    }
fi
if ! .venv/bin/uv --version >/dev/null 2>&1; then
    echo "Setup: installing uv …"
    "$python" -m pip install --quiet "uv${uv_version:+==$uv_version}"
fi
echo "Setup: installing the locked packages …"
# --inexact keeps pip and uv, which the lock does not name.
UV_SYSTEM_CERTS=${UV_SYSTEM_CERTS:-1} .venv/bin/uv sync --frozen --inexact --python "$python"
# The portal runs without it; only the annual statement's PDF needs it.
bash scripts/pango.sh || echo "Setup: annual statements cannot be downloaded as PDF here, only as workbooks." >&2
touch .venv/ready
