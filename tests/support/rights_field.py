from tests.answers import Line, everyone, members, reads, writes

# what a phone keeps holds nobody's content: it is asked without a cookie
PUBLIC = reads(everyone("200"))
FIELD = "accompagnement/journal/terrain/"
TABLE = {
    FIELD: writes(members("200"), members("200"), {}),
    f"{FIELD}hors-reseau/": PUBLIC,
    f"{FIELD}agent.js": PUBLIC,
    f"{FIELD}application.webmanifest": PUBLIC,
    f"{FIELD}depart/": PUBLIC,
    # a batch says whose it is; without that, it is nobody's
    f"{FIELD}envoi/": Line(everyone("405"), everyone("409"), {}),
}


def found(address, world):
    return {}
