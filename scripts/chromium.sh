#!/usr/bin/env bash
# Succeeds when a Chromium is here. Installs Debian's where root may; otherwise says in one line why not.
set -uo pipefail

for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "No Chromium was found. Install one (on Debian, as root: apt-get install chromium fonts-liberation)." >&2
    exit 1
fi
echo "Installing Debian's Chromium …"
log=$(mktemp)
if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
    chromium fonts-liberation; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    echo "Debian's Chromium could not be installed; the whole log is $log." >&2
    exit 1
fi
rm -f "$log"
