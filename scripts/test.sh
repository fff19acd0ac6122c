#!/usr/bin/env bash
# Runs the whole suite; further arguments go to pytest. Real PostgreSQL and Redis: DATABASE_URL and REDIS_URL,
# else embedded ones that tests/conftest.py starts and stops.
set -euo pipefail
cd "$(dirname "$0")/.."

left_out=()
if ! bash scripts/chromium.sh; then
    echo "Not run: the journeys in a browser (tests/journeys), because there is no Chromium." >&2
    if [ -n "${CI:-}" ]; then
        exit 1
    fi
    left_out+=(--ignore=tests/journeys)
fi
if ! bash scripts/libreoffice.sh; then
    echo "Not run: templates opened by LibreOffice (tests/libreoffice), because there is no LibreOffice Calc." >&2
    if [ -n "${CI:-}" ]; then
        exit 1
    fi
    left_out+=(--ignore=tests/libreoffice)
fi
if ! bash scripts/pango.sh; then
    echo "Not run: statements as PDF (tests/funding/test_statement_pdf.py), because there is no Pango." >&2
    if [ -n "${CI:-}" ]; then
        exit 1
    fi
    left_out+=(--ignore=tests/funding/test_statement_pdf.py)
fi
exec .venv/bin/python -m pytest -n "${TEST_PROCESSES:-2}" --dist loadfile "${left_out[@]}" "$@"
