SIGNED_IN = [302, 200, 200, 200, 200, 200]
POST_ONLY = [302, 405, 405, 405, 405, 405]
TABLE = {
    "ethique/": SIGNED_IN,
    "ethique/liens/declarer/": SIGNED_IN,
    "ethique/liens/<int:pk>/terminer/": POST_ONLY,
    "ethique/refus/dire/": SIGNED_IN,
    "ethique/refus/<int:pk>/retirer/": POST_ONLY,
}


def found(address, world):
    return {"<int:pk>": 1}
