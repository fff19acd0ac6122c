"""A paper as a page of HTML, from which its PDF is made. Pure."""

from base64 import b64encode
from html import escape

from contracts.papers.paper import Block, Definitions, Figure, Heading, Items, Paper, Paragraph, Table, writable


def page_of(paper: Paper) -> str:
    """The whole page. Everything in it is text: markup that somebody typed stays what they typed."""
    stamp = "".join(f'<p class="stamp">{_text(line)}</p>' for line in paper.stamp)
    moment = escape(paper.written_at.isoformat())
    author = f'<meta name="author" content="{_text(paper.author)}">' if paper.author else ""
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{_text(paper.title)}</title>'
        f'<meta name="dcterms.created" content="{moment}"><meta name="dcterms.modified" content="{moment}">{author}'
        f'</head><body class="{"wide" if paper.is_wide else "paper"}">'
        f'<h1 data-running="{_text(paper.foot)}">{_text(paper.title)}</h1>{stamp}'
        f"{''.join(_block(block) for block in paper.blocks)}</body></html>"
    )


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{_text(block.text)}</h{block.level}>"
        case Paragraph():
            text = _lines(block.text)
            return f"<p><strong>{text}</strong></p>" if block.is_strong else f"<p>{text}</p>"
        case Items():
            tag = "ol" if block.is_numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{_lines(text)}</li>' for text in block.texts)}</{tag}>"
        case Definitions():
            rows = (f'<p class="definition"><strong>{_text(n)}</strong>{_lines(text)}</p>' for n, text in block.rows)
            return f'<div class="definitions">{"".join(rows)}</div>'
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)


def _table(table: Table) -> str:
    headings = "".join(
        f'<th scope="col"{_side(table, place)}>{_text(text)}</th>' for place, text in enumerate(table.headings)
    )
    last = len(table.rows) - 1
    rows = "".join(_row(table, row, table.has_total and place == last) for place, row in enumerate(table.rows))
    caption = f"<caption>{_text(table.caption)}</caption>"
    return f"<table>{caption}<thead><tr>{headings}</tr></thead><tbody>{rows}</tbody></table>"


def _row(table: Table, row: tuple[str, ...], is_total: bool) -> str:
    cells = "".join(f"<td{_side(table, place)}>{_lines(text)}</td>" for place, text in enumerate(row) if place)
    return f'<tr{" class=total" if is_total else ""}><th scope="row">{_lines(row[0])}</th>{cells}</tr>'


def _side(table: Table, place: int) -> str:
    return ' class="number"' if place in table.numbers else ""


def _figure(figure: Figure) -> str:
    picture = f'<img src="data:image/png;base64,{b64encode(figure.png).decode()}" alt="{_text(figure.described)}">'
    caption = f'<p class="caption">{_text(figure.caption)}</p>' if figure.caption else ""
    return f'<div class="figure">{picture}{caption}</div>'


def _text(text: str) -> str:
    return escape(writable(text))


def _lines(text: str) -> str:
    return _text(text).replace("\n", "<br>")
