from tests.answers import members, reads
from tests.support.rights import FOLLOW, NAMED

# the same people as equity: totals by territory, veiled for those who look from outside
READ = reads(members("404", f"200 {FOLLOW} reviewer finance elected researcher"))
TABLE = {
    "accompagnement/equilibre/": reads(members("200")),
    "accompagnement/equilibre/<int:pk>/": READ,
    "accompagnement/equilibre/<int:pk>/export.<str:kind>": READ,
    # so few people gave these hours that no picture of them leaves the Alliance
    "accompagnement/equilibre/<int:pk>/image/<slug:name>/": reads(
        members("404", f"200 {NAMED} reviewer finance elected")
    ),
}


def found(address, world):
    alliance = world.body.alliance_id
    return {"<int:pk>": alliance, "<str:kind>": "csv", "<slug:name>": "territoires"}
