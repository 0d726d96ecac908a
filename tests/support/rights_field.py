from tests.answers import Line, everyone, members, writes

# what a phone keeps holds nobody's content: it is asked without a cookie
PUBLIC = Line(everyone("200"), everyone("405"), {})
FIELD = "accompagnement/journal/terrain/"
TABLE = {
    FIELD: writes(members("200"), members("200"), {}),
    f"{FIELD}hors-reseau/": PUBLIC,
    f"{FIELD}agent.js": PUBLIC,
    f"{FIELD}application.webmanifest": PUBLIC,
    f"{FIELD}depart/": PUBLIC,
    # a phone is answered in its own words: who is nobody, and a batch that is none
    f"{FIELD}envoi/": Line(everyone("405"), everyone("400", "401 visitor"), {}),
}


def found(address, world):
    return {}
