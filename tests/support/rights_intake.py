from tests.answers import members, reads, writes

ANSWERING = "body alliance"
MINE = reads(members("404", f"200 {ANSWERING}"))
CHOICE = {
    "path": "full",
    "reason": "Décision de la Table",
    **{f"weight_{code}": "1" for code in ("urgency", "equity", "deadline", "stage")},
    **{f"limit_{code}": "9" for code in ("received", "admissible", "prioritised", "matched")},
}
TABLE = {
    "accompagnement/besoins/mes-demandes/": reads(members("200")),
    "accompagnement/besoins/tri/": reads(members("200")),
    "accompagnement/besoins/tri/<int:pk>/": MINE,
    "accompagnement/besoins/tri/<int:pk>/export.<str:kind>": MINE,
    "accompagnement/besoins/tri/<int:pk>/poids/": writes(
        members("404", "409 body", "200 alliance"),
        members("404", "409 body", "done alliance"),
        CHOICE,
    ),
    "accompagnement/besoins/tri/<int:pk>/delais/": MINE,
    "accompagnement/besoins/tri/<int:pk>/delais/export.<str:kind>": MINE,
    "accompagnement/besoins/tri/<int:pk>/delais/image/": MINE,
}


def found(address, world):
    return {"<int:pk>": world.body.alliance_id, "<str:kind>": "csv"}
