from jonction.imports.models import Import, Row

TABLE = {
    "imports/": [302, 200, 200, 200, 200, 200],
    "imports/nouveau/<slug:reader>/": [302, 404, 200, 404, 200, 404],
    "imports/<int:pk>/": [302, 404, 200, 404, 404, 404],
    "imports/<int:pk>/noms/": [302, 405, 405, 405, 405, 405],
    "imports/<int:pk>/refusees.csv": [302, 404, 200, 404, 404, 404],
    "imports/<int:pk>/lignes/<int:row>/": [302, 404, 200, 404, 404, 404],
    "imports/<int:pk>/<slug:word>/": [302, 405, 405, 405, 405, 405],
}


def found(address, world):
    source = Import.objects.create(
        reader="journal",
        owner=world.people["writer"],
        file_name="journal.csv",
        options={"resource": world.mandate.resource.pk, "audience": "mine"},
        status="read",
    )
    row = Row.objects.create(source=source, line=2, verdict="refused")
    return {
        "<int:pk>": source.pk,
        "<int:row>": row.pk,
        "<slug:reader>": "journal",
        "<slug:word>": "ecrire",
    }
