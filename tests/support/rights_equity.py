from tests.answers import form, members, posts, reads
from tests.support.profiles import signed_profile
from tests.support.rights import FOLLOW, NAMED

TABLE = {
    "accompagnement/profils/": reads(members("200")),
    "accompagnement/profils/instance/<int:pk>/ouvrir/": posts(
        members("404", f"409 {FOLLOW}", "done body alliance")
    ),
    "accompagnement/profils/instance/<int:pk>/trousse/": reads(members("404", f"200 {NAMED}")),
    "accompagnement/profils/<int:pk>/": reads(members("404", f"200 {FOLLOW}")),
    "accompagnement/profils/<int:pk>/atelier/<slug:factor>/": reads(
        members("404", "200 body alliance")
    ),
    "accompagnement/profils/<int:pk>/<slug:word>/": posts(
        members("404", f"409 {FOLLOW}", "done body alliance")
    ),
    "accompagnement/equite/": reads(members("200")),
    "accompagnement/equite/<int:pk>/": reads(members("404", f"200 {FOLLOW}")),
    "accompagnement/equite/<int:pk>/export.<str:kind>": reads(members("404", f"200 {FOLLOW}")),
    "accompagnement/equite/<int:pk>/image/<slug:name>/": reads(members("404", f"200 {FOLLOW}")),
    "accompagnement/equite/<int:pk>/methode/": reads(members("404", f"200 {FOLLOW}")),
    "accompagnement/equite/<int:pk>/methode/choisir/": form("409", "alliance", {}),
}


def found(address, world):
    profile = signed_profile(world.body)
    if "/equite/" in address:
        return {"<int:pk>": world.body.alliance_id, "<str:kind>": "csv", "<slug:name>": "lorenz"}
    pk = world.body.pk if "/instance/" in address else profile.pk
    return {"<int:pk>": pk, "<slug:word>": "adopter", "<slug:factor>": "release"}
