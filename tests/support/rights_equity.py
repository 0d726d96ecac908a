from tests.answers import members, posts, reads, writes
from tests.support.profiles import signed_profile
from tests.support.rights import FOLLOW, NAMED

# whoever sits in the Alliance reads totals by territory, veiled for those who look from outside
OTHERS = "writer member body reviewer finance elected observer researcher"
READ = reads(members("404", f"200 {FOLLOW} reviewer finance elected researcher"))
TABLE = {
    "accompagnement/profils/": reads(members("200")),
    "accompagnement/profils/export.<str:kind>": reads(members("200")),
    "accompagnement/profils/instance/<int:pk>/ouvrir/": posts(
        members("404", f"409 {FOLLOW} reviewer finance elected researcher", "done body")
    ),
    "accompagnement/profils/instance/<int:pk>/trousse/": reads(
        members("404", f"200 {NAMED} reviewer finance elected")
    ),
    "accompagnement/profils/<int:pk>/": READ,
    "accompagnement/profils/<int:pk>/atelier/<slug:factor>/": writes(
        members("404", "200 member body alliance"), members("404", "422 member body alliance"), {}
    ),
    # a refused form is told before the rule
    "accompagnement/profils/<int:pk>/<slug:word>/": posts(
        members("404", f"422 {FOLLOW} reviewer finance elected researcher")
    ),
    "accompagnement/equite/": reads(members("200")),
    "accompagnement/equite/<int:pk>/": READ,
    "accompagnement/equite/<int:pk>/export.<str:kind>": READ,
    "accompagnement/equite/<int:pk>/image/<slug:name>/": READ,
    "accompagnement/equite/<int:pk>/<slug:name>/": READ,
    "accompagnement/equite/<int:pk>/<slug:name>/export.<str:kind>": READ,
    # nothing to draw from outside, where one resource gave all the hours
    "accompagnement/equite/<int:pk>/<slug:name>/image/": reads(
        members("404", f"200 {NAMED} reviewer finance elected")
    ),
    "accompagnement/equite/<int:pk>/methode/": READ,
    "accompagnement/equite/<int:pk>/methode/choisir/": writes(
        members("404", f"409 {OTHERS}", "200 alliance"),
        members("404", f"409 {OTHERS}", "422 alliance"),
        {},
    ),
}


def found(address, world):
    world.body.refresh_from_db()  # what an earlier visit gave it was taken back
    profile = signed_profile(world.body)
    if "/equite/" in address:
        name = "lorenz" if "/image/<slug:name>/" in address else "instances"
        return {"<int:pk>": world.body.alliance_id, "<str:kind>": "csv", "<slug:name>": name}
    pk = world.body.pk if "/instance/" in address else profile.pk
    named = {"<slug:word>": "adopter", "<slug:factor>": "release", "<str:kind>": "csv"}
    return {"<int:pk>": pk, **named}
