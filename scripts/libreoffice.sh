#!/usr/bin/env bash
# Succeeds when LibreOffice Calc is here. Installs Debian's where root may; otherwise says in one line why not.
set -uo pipefail

has_calc() {
    command -v soffice >/dev/null && [ -e "$(dirname "$(readlink -f "$(command -v soffice)")")/libsclo.so" ]
}

has_calc && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "No LibreOffice Calc was found. Install it (on Debian, as root: apt-get install libreoffice-calc-nogui)." >&2
    exit 1
fi
echo "Installing Debian's LibreOffice Calc …"
log=$(mktemp)
if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
    libreoffice-calc-nogui; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    echo "Debian's LibreOffice Calc could not be installed; the whole log is $log." >&2
    exit 1
fi
rm -f "$log"
