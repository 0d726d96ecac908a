# outside a demonstration, the gallery is not there
TABLE = {
    "ui/": [404] * 6,
    "ui/image/<slug:name>/": [404] * 6,
    "accessibilite/": [200] * 6,
    "confidentialite/": [200] * 6,
}


def found(address, world):
    return {"<slug:name>": "bars"}
