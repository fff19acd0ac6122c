#!/usr/bin/env bash
# Succeeds when the libraries that PDFs are laid out with are here. Installs Debian's where root may; otherwise says
# in one line why not.
set -uo pipefail

packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"

has_libraries() {
    local name
    for name in libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0; do
        ldconfig -p 2>/dev/null | grep -qF "$name" || return 1
    done
}

has_libraries && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Pango was not found. Install it (on Debian, as root: apt-get install $packages)." >&2
    exit 1
fi
echo "Installing Debian's Pango …"
log=$(mktemp)
# shellcheck disable=SC2086  # a list of packages
if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
    $packages; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    echo "Debian's Pango could not be installed; the whole log is $log." >&2
    exit 1
fi
rm -f "$log"
