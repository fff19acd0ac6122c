"""Renew the vendored browser packages from the archives that `npm pack` fetches.

    npm pack govuk-frontend plotly.js-basic-dist-min
    python scripts/vendor.py govuk-frontend-6.6.0.tgz plotly.js-basic-dist-min-4.1.1.tgz

Each archive becomes one folder under static/vendor with its version in the name. What the portal may not
use (the GDS Transport font and the crest are for gov.uk only) is taken out here and nowhere else.
Remove the folders of the versions before, then update the names in templates/base.html.
"""

import json
import re
import sys
import tarfile
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
FONT_FACE = re.compile(r"(?:/\*! Copyright \(c\) 2011 by Margaret Calvert.*?\*/)?@font-face\{[^}]*\}", re.DOTALL)
SOURCE_MAP = re.compile(r"(?://# sourceMappingURL=\S+|/\*# sourceMappingURL=.*?\*/)")
CREST_RULE = re.compile(r"[^{}]+\{[^{}]*govuk-crest[^{}]*\}")
PLOTLY_RULES = re.compile(r'=(\{"X,X div":.*?\});', re.DOTALL)
PLOTLY_RULE = re.compile(r"""(?:"([^"]+)"|(\w+)):(?:"([^"]*)"|'([^']*)')""")

MIT = """The MIT License (MIT)

Copyright (c) {holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation
the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of
the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
IN THE SOFTWARE.
"""


def without_font_and_crest(css: str) -> str:
    """GOV.UK's style sheet with Arial in place of GDS Transport and no crest.

    Raises ValueError when something of either is left, so a new version cannot bring them back unseen.
    """
    css = FONT_FACE.sub("", css)
    css = css.replace("GDS Transport,", "").replace("GDS Transport", "arial")
    css = SOURCE_MAP.sub("", CREST_RULE.sub("", css))
    left = [word for word in ("@font-face", "GDS Transport", "crest", "/assets/") if word in css]
    if left:
        raise ValueError(f"The GOV.UK style sheet still holds {left}. Expected none. Extend scripts/vendor.py.")
    return css


def plotly_style_sheet(script: str) -> str:
    """The rules plotly.js would write into a <style> element, as a file, because the portal's CSP forbids that.

    plotly.js puts each rule before the last one, so the order is turned round here.
    """
    found = PLOTLY_RULES.search(script)
    if found is None:
        raise ValueError("No style rules were found in plotly.js. Expected an object that begins with 'X,X div'.")
    if unread := PLOTLY_RULE.sub("", found.group(1)).strip("{,}"):
        raise ValueError(f"Style rules of plotly.js were not understood: {unread[:200]}. Extend scripts/vendor.py.")
    rules = [
        f"{_plotly_selector(quoted or bare)}{{{double or single}}}"
        for quoted, bare, double, single in PLOTLY_RULE.findall(found.group(1))
    ]
    return "\n".join(reversed(rules)) + "\n"


def _plotly_selector(selector: str) -> str:
    spaced = re.sub(r"^,", " ,", selector)
    return spaced.replace("X", ".js-plotly-plot .plotly").replace("Y", ".plotly-notifier")


def read_archive(path: Path) -> tuple[str, dict[str, str]]:
    """The folder's name with its version, and the archive's text files by path."""
    texts: dict[str, str] = {}
    with tarfile.open(path) as archive:
        for member in archive.getmembers():
            extracted = archive.extractfile(member)
            if extracted is not None and member.name.endswith((".css", ".js", "package.json", "LICENSE")):
                texts[member.name.removeprefix("package/")] = extracted.read().decode()
    package = json.loads(texts["package.json"])
    return f"{package['name']}-{package['version']}", texts


def govuk_files(texts: dict[str, str]) -> dict[str, str]:
    """The files the portal serves of govuk-frontend, by name."""
    return {
        "govuk-frontend.min.css": without_font_and_crest(texts["dist/govuk/govuk-frontend.min.css"]),
        "govuk-frontend.min.js": SOURCE_MAP.sub("", texts["dist/govuk/govuk-frontend.min.js"]),
        "LICENSE.txt": MIT.format(holder="2017 Crown Copyright (Government Digital Service)"),
    }


def plotly_files(texts: dict[str, str]) -> dict[str, str]:
    """The files the portal serves of plotly.js, by name."""
    script = texts["plotly-basic.min.js"]
    return {
        "plotly-basic.min.js": SOURCE_MAP.sub("", script),
        "plotly.css": plotly_style_sheet(script),
        "LICENSE.txt": texts.get("LICENSE") or MIT.format(holder="2016-2026 Plotly Technologies Inc."),
    }


def renew(archive: Path) -> Path:
    """Write one archive's folder and return it."""
    name, texts = read_archive(archive)
    files = govuk_files(texts) if name.startswith("govuk-frontend-") else plotly_files(texts)
    folder = VENDOR / name
    folder.mkdir(parents=True, exist_ok=True)
    for file_name, text in files.items():
        (folder / file_name).write_text(text.rstrip() + "\n")
    return folder


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        sys.stdout.write(f"{renew(Path(argument))}\n")
