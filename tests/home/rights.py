TABLE = {
    "": [200] * 6,
    "bureau/": [302, 200, 200, 200, 200, 200],
    "recherche/": [200] * 6,
    "sante/": [200] * 6,
}


def found(address, world):
    return {}
