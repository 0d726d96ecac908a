from django.core.files.uploadedfile import SimpleUploadedFile

from jonction.core.attachments import attach

TABLE = {
    "fichiers/<uuid:token>/": [302, 404, 200, 200, 200, 404],
    "fichiers/<uuid:token>/retirer/": [302] + [405] * 5,
    "fichiers/<slug:word>/<int:pk>/ajouter/": [302] + [405] * 5,
}


def found(address, world):
    file = attach(
        world.mandate,
        SimpleUploadedFile("notes.txt", b"Trois pistes."),
        actor=world.mandate.resource.person,
    )
    return {"<uuid:token>": file.token, "<slug:word>": "mandat", "<int:pk>": world.mandate.pk}
