TABLE = {
    "demo/connexion/": [405] * 6,
    "compte/": [302] + [200] * 5,
    "compte/logout/": [302] + [200] * 5,
    "compte/coordonnees/": [302] + [405] * 5,
    "compte/quitter-partout/": [302] + [405] * 5,
    "compte/accords/<slug:purpose>/donner/": [302] + [405] * 5,
    "compte/accords/<slug:purpose>/retirer/": [302] + [405] * 5,
    "compte/courriels/": [302] + [200] * 5,
    "compte/courriels/<int:pk>/": [302] + [404] * 5,
}


def found(address, world):
    return {"<slug:purpose>": "directory", "<int:pk>": 1}
