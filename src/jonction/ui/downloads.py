"""What leaves a page as a file."""

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from jonction.ui.charts import Chart
from jonction.ui.charts.png import png
from jonction.ui.documents import Document
from jonction.ui.documents.pdf import pdf
from jonction.ui.documents.word import word

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def chart_download(chart: Chart, kind: str) -> HttpResponse:
    """Answer the picture as a file; `kind` is svg, png or csv, anything else is not found."""
    match kind:
        case "svg":
            made, media_type = chart.svg(standalone=True).encode(), "image/svg+xml"
        case "png":
            made, media_type = png(chart), "image/png"
        case "csv":
            made, media_type = chart.csv().encode("utf-8-sig"), "text/csv; charset=utf-8"
        case _:
            raise Http404
    return _file(chart.title, kind, made, media_type)


def document_download(document: Document, kind: str) -> HttpResponse:
    """Answer the document as a file; `kind` is docx or pdf, anything else is not found."""
    match kind:
        case "docx":
            made, media_type = word(document), WORD
        case "pdf":
            made, media_type = pdf(document), "application/pdf"
        case _:
            raise Http404
    return _file(f"{document.title} {document.subtitle}", kind, made, media_type)


def _file(title: str, kind: str, made: bytes, media_type: str) -> HttpResponse:
    name = f"{slugify(title)[:80] or 'jonction'}.{kind}"
    return HttpResponse(
        made,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
