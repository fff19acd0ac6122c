"""How the writer of PDFs says that the libraries it needs are not there. Pure."""

LIBRARIES_ARE_MISSING = 3
