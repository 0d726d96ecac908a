from django.core.files.uploadedfile import SimpleUploadedFile

from jonction.core.attachments import attach
from tests.answers import members, posts, reads

NAMED = "writer member body alliance"
TABLE = {
    "fichiers/<uuid:token>/": reads(members("404", f"200 {NAMED}")),
    "fichiers/<uuid:token>/retirer/": posts(
        members("404", "409 member", "done writer body alliance")
    ),
    "fichiers/<slug:word>/<int:pk>/ajouter/": posts(members("404", f"422 {NAMED}")),
}


def found(address, world):
    file = attach(
        world.mandate,
        SimpleUploadedFile("notes.txt", b"Trois pistes."),
        actor=world.mandate.resource.person,
    )
    return {"<uuid:token>": file.token, "<slug:word>": "mandat", "<int:pk>": world.mandate.pk}
