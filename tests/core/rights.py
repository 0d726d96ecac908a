from django.core.files.uploadedfile import SimpleUploadedFile

from jonction.core.attachments import attach
from tests.answers import Line, members, posts

NAMED = "writer member body alliance"
TABLE = {
    "fichiers/<uuid:token>/": Line(members("404", f"200 {NAMED}"), members("405"), {}),
    "fichiers/<uuid:token>/retirer/": posts(
        members("404", "409 member", "done writer body alliance")
    ),
    "fichiers/<slug:word>/<int:pk>/ajouter/": posts(members("404", f"done {NAMED}")),
}


def found(address, world):
    file = attach(
        world.mandate,
        SimpleUploadedFile("notes.txt", b"Trois pistes."),
        actor=world.mandate.resource.person,
    )
    return {"<uuid:token>": file.token, "<slug:word>": "mandat", "<int:pk>": world.mandate.pk}
