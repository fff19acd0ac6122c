"""Writes one page of HTML from standard input as an accessible PDF (PDF/UA-1) to standard output.

Run as `python -m funding.pdf_writer` by `funding.pdf`, and imported by nobody: WeasyPrint takes long to load and needs
Debian's libpango, which no command of the portal should have to wait for or miss. The page's own `dcterms` dates are
the document's, so the same page gives the same bytes.
"""

import sys

from funding.pdf_exit import LIBRARIES_ARE_MISSING

try:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher
except OSError as missing:
    sys.stderr.write(f"{missing}\n")
    sys.exit(LIBRARIES_ARE_MISSING)


def main() -> None:
    """Write the PDF; nothing is fetched from anywhere."""
    page = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=URLFetcher(allowed_protocols=[]))
    sys.stdout.buffer.write(page.write_pdf(pdf_variant="pdf/ua-1"))


if __name__ == "__main__":
    main()
