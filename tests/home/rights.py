from tests.answers import everyone, members, reads

TABLE = {
    "": reads(everyone("200")),
    "bureau/": reads(members("200")),
    # to whoever keeps the platform alone: see test_platform
    "plateforme/": reads(members("404")),
    "recherche/": reads(everyone("200")),
    "sante/": reads(everyone("200")),
}


def found(address, world):
    return {}
