from tests.answers import everyone, reads

# outside a demonstration, the gallery is not there
TABLE = {
    "ui/": reads(everyone("404")),
    "ui/image/<slug:name>/": reads(everyone("404")),
    "accessibilite/": reads(everyone("200")),
    "confidentialite/": reads(everyone("200")),
}


def found(address, world):
    return {"<slug:name>": "bars"}
