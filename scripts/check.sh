#!/usr/bin/env bash
# Everything that can be judged without running the portal. Runs all checks and names those that failed.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"

failed=()
check() {
    local name=$1
    shift
    echo "Check: $name"
    "$@" </dev/null || failed+=("$name")
}

as_in_production() {
    env -u PORTAL_DEMO -u PORTAL_TESTING -u DEBUG PORTAL_PRODUCTION=1 ALLOWED_HOSTS=portal.example.org \
        PORTAL_ADDRESS=https://portal.example.org \
        SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(48))')" "$@"
}

mapfile -t templates < <(find templates -name '*.html' | sort)

check "lint" ruff check --quiet .
check "format" ruff format --check --quiet .
check "types" mypy
check "floors and rooms" lint-imports --no-logo
check "template style" djade --check --target-version 5.2 "${templates[@]}"
check "template indentation" djhtml --check --tabwidth 2 "${templates[@]}"
check "migrations are complete" python manage.py makemigrations --check --dry-run
check "deployment settings" as_in_production python manage.py check --deploy --fail-level WARNING
check "compose file" check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
check "shell scripts" bash -n .ci/run scripts/*.sh

if [ ${#failed[@]} -gt 0 ]; then
    printf 'Failed: %s\n' "${failed[@]}" >&2
    exit 1
fi
echo "All checks passed."
