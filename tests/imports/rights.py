from django.core.files.uploadedfile import SimpleUploadedFile

from jonction.governance.imports import scope_of
from jonction.imports.models import Import, Match, Row
from tests.answers import members, posts, reads, writes

CELLS = {"on": "2026-11-02", "body": "", "text": "Portrait du territoire", "quarters": "1h30"}


def a_file(world):
    return {
        "file": SimpleUploadedFile("journal.csv", b"Date;Instance;Texte;Duree\n"),
        "resource": world.mandate.resource.pk,
        "audience": "mine",
    }


TABLE = {
    "imports/": reads(members("200"), is_list=True),
    # the names of a file are for those who could bring such a file in
    "imports/noms/": reads(members("200"), is_list=True),
    "imports/noms/<int:pk>/oublier/": posts(members("404", "done writer alliance")),
    "imports/nouveau/<slug:reader>/": writes(
        members("404", "200 writer alliance"), members("404", "done writer alliance"), a_file
    ),
    # an import is read by the person who brought it, and by nobody else
    "imports/<int:pk>/": reads(members("404", "200 writer")),
    "imports/<int:pk>/noms/": posts(members("404", "done writer")),
    "imports/<int:pk>/refusees.csv": reads(members("404", "200 writer")),
    "imports/<int:pk>/lignes/<int:row>/": writes(
        members("404", "200 writer"),
        members("404", "done writer"),
        lambda world: {**CELLS, "body": world.body.name},
    ),
    "imports/<int:pk>/<slug:word>/": posts(members("404", "done writer")),
}


def found(address, world):
    if "oublier" in address:
        facts = {"scope": scope_of(world.body.alliance_id), "target": world.body.pk}
        return {"<int:pk>": Match.objects.create(reader="journal", text="la mitis", **facts).pk}
    source = Import.objects.create(
        reader="journal",
        owner=world.people["writer"],
        file_name="journal.csv",
        options={"resource": world.mandate.resource.pk, "audience": "mine"},
        status="read",
    )
    Row.objects.create(source=source, line=3, verdict="new", cells=CELLS)
    row = Row.objects.create(source=source, line=2, verdict="refused", cells=CELLS)
    return {
        "<int:pk>": source.pk,
        "<int:row>": row.pk,
        "<slug:reader>": "journal",
        "<slug:word>": "ecrire",
    }
