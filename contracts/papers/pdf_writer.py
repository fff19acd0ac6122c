"""Writes a page of HTML from standard input as an accessible PDF (PDF/UA-1) to standard output; its look is a file.

Run as `python -m contracts.papers.pdf_writer look.css` by `contracts.papers.pdf`, and imported by nobody: WeasyPrint
takes long to load and needs Debian's libpango, which no command of the portal should have to wait for or miss. The
page's own `dcterms` dates are the document's, so the same page gives the same bytes.
"""

import resource
import sys
from pathlib import Path

from contracts.papers.pdf_exit import LIBRARIES_ARE_MISSING, MEMORY_RAN_OUT

# A long statement takes three seconds and 200 MB.
MOST_SECONDS, MOST_BYTES = 20, 1024**3

try:
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher
except OSError as missing:
    sys.stderr.write(f"{missing}\n")
    sys.exit(LIBRARIES_ARE_MISSING)


def main() -> None:
    """Write the PDF; nothing is fetched from anywhere, pictures stand in the page itself."""
    refuse = URLFetcher(allowed_protocols=["data"])
    look = CSS(string=Path(sys.argv[1]).read_text(encoding="utf-8"), url_fetcher=refuse)
    page = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=refuse)
    sys.stdout.buffer.write(page.write_pdf(stylesheets=[look], pdf_variant="pdf/ua-1"))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    try:
        main()
    except MemoryError:
        sys.exit(MEMORY_RAN_OUT)
