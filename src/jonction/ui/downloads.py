"""What leaves a page as a file."""

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from jonction.ui.charts import Chart
from jonction.ui.charts.png import png


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
    name = f"{slugify(chart.title)[:80] or 'image'}.{kind}"
    return HttpResponse(
        made,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
