from tests.answers import Line, members

# no area declares a subject with files yet: nobody reads this one
TABLE = {"fichiers/<uuid:token>/": Line(members("404"), members("405"), {})}


def found(address, world):
    return {"<uuid:token>": "00000000-0000-4000-8000-000000000000"}
