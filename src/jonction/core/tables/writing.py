"""An export that streams: typed rows in, a download out, in the format that the person chose."""

from collections.abc import Iterable, Sequence

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from jonction.core.tables.cells import Value
from jonction.core.tables.ods_writing import MIMETYPE, stream_ods
from jonction.core.tables.text import stream_csv
from jonction.core.tables.xlsx import stream_xlsx

KINDS = {
    "csv": (stream_csv, "text/csv; charset=utf-8"),
    "xlsx": (stream_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ods": (stream_ods, MIMETYPE),
}

__all__ = ["KINDS", "as_download", "stream_csv", "stream_ods", "stream_xlsx"]


def as_download(
    name: str, kind: str, headers: Sequence[str], rows: Iterable[Sequence[Value]]
) -> StreamingHttpResponse:
    """Answer with the rows as a file called `name` and its extension; `kind` is one of `KINDS`.

    Programs look for a heading by its name: it has the spaces of a keyboard, as when it is read.
    """
    stream, content_type = KINDS[kind]
    return StreamingHttpResponse(
        stream([" ".join(header.split()) for header in headers], rows),
        content_type=content_type,
        headers={
            "Content-Disposition": content_disposition_header(
                as_attachment=True, filename=f"{name}.{kind}"
            )
            or "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )
