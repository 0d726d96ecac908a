TABLE = {"fichiers/<uuid:token>/": [302] + [404] * 5}


def found(address, world):
    return {"<uuid:token>": "00000000-0000-4000-8000-000000000000"}
