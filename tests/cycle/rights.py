TABLE = {"demarches/": [200] * 6, "demarches/<int:pk>/": [200] * 6}


def found(address, world):
    return {"<int:pk>": world.process.pk}
