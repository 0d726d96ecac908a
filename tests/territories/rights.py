TABLE = {
    "territoires/": [200] * 6,
    "territoires/carte/": [200] * 6,
    "territoires/<str:code>/": [200] * 6,
    "territoires/<str:code>/carte/": [200] * 6,
}


def found(address, world):
    return {"<str:code>": "R01"}
