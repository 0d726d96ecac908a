TABLE = {
    "accompagnement/couverture/": [302, 200, 200, 200, 200, 200],
    "accompagnement/couverture/<int:pk>/": [302, 404, 200, 200, 200, 200],
    "accompagnement/journal/": [302, 200, 200, 200, 200, 200],
    "accompagnement/journal/noter/": [302, 405, 405, 405, 405, 405],
    "accompagnement/journal/<int:pk>/": [302, 404, 200, 200, 200, 404],
    "accompagnement/journal/<int:pk>/retirer/": [302, 405, 405, 405, 405, 405],
}


def found(address, world):
    return {"<int:pk>": world.line.pk if "journal" in address else world.process.pk}
