TABLE = {"demo/connexion/": [405] * 6}


def found(address, world):
    return {}
