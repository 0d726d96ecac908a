from tests.factories import NeedFactory

TABLE = {
    "accompagnement/couverture/": [302, 200, 200, 200, 200, 200],
    "accompagnement/couverture/<int:pk>/": [302, 404, 200, 200, 200, 200],
    "accompagnement/journal/": [302, 200, 200, 200, 200, 200],
    "accompagnement/journal/noter/": [302, 405, 405, 405, 405, 405],
    "accompagnement/journal/<int:pk>/": [302, 404, 200, 200, 200, 404],
    "accompagnement/journal/<int:pk>/retirer/": [302, 405, 405, 405, 405, 405],
    "accompagnement/besoins/": [302, 200, 200, 200, 200, 200],
    "accompagnement/besoins/deposer/": [302, 200, 200, 200, 200, 200],
    "accompagnement/besoins/<int:pk>/": [302, 404, 200, 200, 200, 404],
    "accompagnement/besoins/<int:pk>/<slug:word>/": [302, 405, 405, 405, 405, 405],
    "accompagnement/mandats/": [302, 200, 200, 200, 200, 200],
    "accompagnement/mandats/proposer/": [302, 200, 200, 200, 200, 200],
    "accompagnement/mandats/<int:pk>/": [302, 404, 200, 200, 200, 404],
    "accompagnement/mandats/<int:pk>/<slug:word>/": [302, 405, 405, 405, 405, 405],
    "accompagnement/ressources/": [302, 200, 200, 200, 200, 200],
    "accompagnement/ressources/ajouter/<int:alliance>/": [302, 404, 404, 404, 200, 404],
    "accompagnement/ressources/<int:pk>/": [302, 404, 200, 200, 200, 404],
    "accompagnement/ressources/<int:pk>/modifier/": [302, 404, 200, 404, 200, 404],
    "accompagnement/ressources/<int:pk>/<slug:word>/": [302, 405, 405, 405, 405, 405],
    "accompagnement/absences/<int:pk>/retirer/": [302, 405, 405, 405, 405, 405],
}


def found(address, world):
    noun = address.split("/")[1]
    subjects = {
        "couverture": world.process,
        "journal": world.line,
        "besoins": NeedFactory(process=world.process),
        "mandats": world.mandate,
        "ressources": world.mandate.resource,
        "absences": world.process,
    }
    return {
        "<int:pk>": subjects[noun].pk,
        "<slug:word>": "terminer",
        "<int:alliance>": world.body.alliance_id,
    }
