"""How long it takes to drive between the territories of the demonstration; some ways are unknown."""

from datetime import date

from jonction.accounts.models import Person
from jonction.governance.models import Alliance, AllianceTerritory
from jonction.support.actions.travel import edit_travel_times
from jonction.support.models import pair_key

# orders of magnitude between the main towns, in minutes one way
MINUTES = {
    ("La Matanie", "La Matapédia"): 50,
    ("La Matanie", "La Mitis"): 45,
    ("La Matanie", "Rimouski-Neigette"): 70,
    ("La Matanie", "Les Basques"): 110,
    ("La Matanie", "Rivière-du-Loup"): 135,
    ("La Matanie", "Kamouraska"): 155,
    ("La Matapédia", "La Mitis"): 50,
    ("La Matapédia", "Rimouski-Neigette"): 75,
    ("La Matapédia", "Les Basques"): 115,
    ("La Matapédia", "Rivière-du-Loup"): 140,
    ("La Mitis", "Rimouski-Neigette"): 25,
    ("La Mitis", "Les Basques"): 65,
    ("La Mitis", "Rivière-du-Loup"): 95,
    ("La Mitis", "Kamouraska"): 115,
    ("Rimouski-Neigette", "Les Basques"): 45,
    ("Rimouski-Neigette", "Rivière-du-Loup"): 75,
    ("Rimouski-Neigette", "Témiscouata"): 100,
    ("Rimouski-Neigette", "Kamouraska"): 95,
    ("Les Basques", "Rivière-du-Loup"): 35,
    ("Les Basques", "Témiscouata"): 60,
    ("Les Basques", "Kamouraska"): 60,
    ("Rivière-du-Loup", "Témiscouata"): 50,
    ("Rivière-du-Loup", "Kamouraska"): 30,
    ("Témiscouata", "Kamouraska"): 75,
}


def say_travel_times(alliance: Alliance, coordinator: Person, today: date) -> None:
    ids = dict(AllianceTerritory.objects.filter(alliance=alliance).values_list("name", "pk"))
    minutes = {pair_key(ids[one], ids[other]): n for (one, other), n in MINUTES.items()}
    changes = {"minutes": minutes}
    edit_travel_times(alliance, actor=coordinator, today=today, version=1, changes=changes)
