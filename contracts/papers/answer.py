"""A paper as a file that a page offers: Word or PDF, never shown in the browser's own window."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contracts.papers.paper import Paper
from contracts.papers.pdf import NoPdf, to_pdf
from contracts.papers.word import to_word

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def paper_file(request: HttpRequest, paper: Paper, *, name: str, kind: str) -> HttpResponse:
    """The paper as `kind`, "docx" or "pdf", called `name` and its ending.

    Where the server can make no PDF, a page that says why and offers the Word document at the same address with the
    other ending.
    """
    if kind == "docx":
        return attached(to_word(paper), WORD, f"{name}.docx")
    try:
        return attached(to_pdf(paper), PDF, f"{name}.pdf")
    except NoPdf as missing:
        word = request.path.removesuffix("pdf") + "docx"
        return no_pdf(request, missing, title=paper.title, instead=word, instead_words="Word document")


def attached(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to be saved under `name`, which is of plain letters, digits and hyphens."""
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def no_pdf(request: HttpRequest, missing: NoPdf, *, title: str, instead: str, instead_words: str) -> HttpResponse:
    """The page that says why there is no PDF and leads to a file that there is."""
    context = {"title": title, "why": str(missing), "instead": instead, "instead_words": instead_words}
    return render(request, "papers/no_pdf.html", context, status=503)
