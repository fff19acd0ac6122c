#!/usr/bin/env bash
# Succeeds when LibreOffice's Calc and Writer are here. Installs Debian's where root may; otherwise says in one line why not.
set -uo pipefail

has_both() {
    command -v soffice >/dev/null || return 1
    local folder
    folder=$(dirname "$(readlink -f "$(command -v soffice)")")
    [ -e "$folder/libsclo.so" ] && [ -e "$folder/libswlo.so" ]
}

has_both && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "No LibreOffice Calc and Writer were found. Install them (on Debian, as root: apt-get install libreoffice-calc-nogui libreoffice-writer-nogui)." >&2
    exit 1
fi
echo "Installing Debian's LibreOffice Calc and Writer …"
log=$(mktemp)
if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
    libreoffice-calc-nogui libreoffice-writer-nogui; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    echo "Debian's LibreOffice could not be installed; the whole log is $log." >&2
    exit 1
fi
rm -f "$log"
