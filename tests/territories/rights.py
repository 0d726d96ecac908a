from tests.answers import everyone, reads

TABLE = {
    "territoires/": reads(everyone("200")),
    "territoires/carte/": reads(everyone("200")),
    "territoires/<str:code>/": reads(everyone("200")),
    "territoires/<str:code>/carte/": reads(everyone("200")),
}


def found(address, world):
    return {"<str:code>": "R01"}
