"""Invented matter for the pictures of the gallery."""

from datetime import date, timedelta

from jonction.ui import charts as draw
from jonction.ui.charts import Chart

MONDAY = date(2026, 11, 23)
STAGES = ("Mobilisation", "Données et priorités", "Plan d’action", "Appels de projets")
WORDS = draw.Words(
    "aujourd’hui", "Les numéros renvoient au tableau.", ("Qui ou quoi", "Précision", "Du", "Au")
)
DIMENSIONS = ("Gouvernance", "Gestion", "Opérationnalisation", "Communication")
CELLS = {
    "covered": draw.Cell("covered", "Couvert", "38 h, 3 personnes"),
    "thin": draw.Cell("thin", "Mince", "6 h, ponctuel"),
    "hole": draw.Cell("hole", "Trou", "personne dès le 12 janv."),
    "unneeded": draw.Cell("unneeded", "Sans besoin", "pas encore"),
}


def charts() -> dict[str, Chart]:
    return {
        "heat-map": _heat_map(),
        "thread": _thread(),
        "numbers": _numbers(),
        "bars": _bars(),
        "pairs": _pairs(),
        "tiles": _tiles(),
        "lorenz": _lorenz(),
        "scatter": _scatter(),
        "shares": _shares(),
        "empty": draw.bars(
            "Des barres sans rien", "Aucune donnée.", items=[], headers=("Quoi", "Heures")
        ),
    }


def _heat_map() -> Chart:
    states = list(CELLS)
    cells = {
        (row, column): CELLS[states[(i * i + j) % 4]]
        for i, row in enumerate(DIMENSIONS)
        for j, column in enumerate(STAGES)
    }
    return draw.heat_map(
        "Couverture par étape et par dimension",
        "Chaque case dit si quelqu’un tient l’étape.",
        corner="Dimension",
        rows=DIMENSIONS,
        columns=STAGES,
        cells=cells,
        now="Plan d’action",
    )


def _thread() -> Chart:
    starts = [date(2026, 1, 1), date(2026, 5, 1), date(2026, 10, 1), date(2027, 1, 19)]
    ends = [date(2026, 4, 30), date(2026, 9, 30), date(2027, 1, 18), date(2027, 6, 30)]
    return draw.timeline(
        "Le fil de l’accompagnement",
        "Les mandats dans le temps, sous les étapes ; une rupture du 13 janvier au 30 mars 2027.",
        stages=[draw.Span(*stage) for stage in zip(STAGES, starts, ends, strict=True)],
        ribbons=[
            draw.Ribbon(
                "J. Ouellet",
                "organisatrice communautaire",
                "en continu, 7 h par semaine",
                date(2026, 1, 15),
                date(2027, 1, 12),
            ),
            draw.Ribbon(
                "M. Roy",
                "agent de la MRC",
                "données et plan, 3 h",
                date(2026, 5, 10),
                date(2026, 12, 31),
                "ended",
            ),
            draw.Ribbon(
                "À signer",
                "ressource dédiée",
                "proposé, 4 h",
                date(2027, 3, 31),
                date(2027, 6, 30),
                "proposed",
            ),
        ],
        breaks=[
            draw.Span(
                "Rupture de 11 semaines",
                date(2027, 1, 13),
                date(2027, 3, 30),
                "appel ouvert, personne",
            ),
            draw.Span("Silence passé", date(2026, 2, 20), date(2026, 4, 10), "49 jours", "past"),
        ],
        milestones=[
            draw.Milestone("Consultation du plan", date(2026, 12, 4)),
            draw.Milestone("Adoption du plan d’action", date(2026, 12, 9)),
            draw.Milestone("Dépôt à la Table régionale", date(2026, 12, 18), is_deadline=True),
            draw.Milestone("Soirée d’information sur l’appel", date(2027, 1, 29)),
        ],
        today=MONDAY,
        words=WORDS,
    )


def _numbers() -> Chart:
    """Return a thread with more near days than words can hold."""
    start = date(2026, 9, 1)
    return draw.timeline(
        "Le fil, quand les jalons se pressent",
        "Trop de jours pour leurs mots : des numéros, que le tableau explique.",
        stages=[draw.Span("Plan d’action", start, date(2027, 1, 18))],
        milestones=[
            draw.Milestone(f"Rencontre du comité de travail {n}", start + timedelta(days=n * n))
            for n in range(11)
        ],
        today=MONDAY,
        words=WORDS,
    )


def _pairs() -> Chart:
    return draw.pairs(
        "Ce qui était prévu, ce qui a été fait",
        "Des heures, étape par étape.",
        items=[draw.Pair("Mobilisation", 60, 22), draw.Pair("Données et priorités", 140, 152)],
        words=("prévues", "faites"),
        headers=("Étape", "Prévu", "Fait"),
        unit=" h",
    )


def _bars() -> Chart:
    return draw.bars(
        "Heures d’accompagnement par territoire",
        "Les moins servis d’abord.",
        items=[
            draw.Bar("La Mitis", 4, "4 h", "hole"),
            draw.Bar("La Matanie", 38, "38 h"),
            draw.Bar("La Vallée-de-la-Gatineau", 61.5, "61,5 h"),
        ],
        headers=("Territoire", "Heures"),
    )


def _tiles() -> Chart:
    words = list(CELLS.values())
    names = ["La Matanie", "La Mitis", "La Matapédia", "Rimouski-Neigette", "Avignon"]
    return draw.tile_map(
        "Une carte en tuiles",
        "Chaque territoire à peu près à sa place.",
        tiles=[
            draw.Tile(
                name,
                name,
                n % 3,
                n // 3,
                value=words[n % 4].word,
                note="2 trous, 3 minces" if words[n % 4].status == "hole" else "",
                status=words[n % 4].status,
                url=f"#tuile-{n}",
                group="11" if name == "Avignon" else "01",
            )
            for n, name in enumerate(names)
        ],
        headers=("Territoire", "Couverture", "Détail"),
        side=(128, 84),
    )


def _lorenz() -> Chart:
    points = [(0.0, 0.0), (57.4, 20.0), (79.4, 40.0), (100.0, 100.0)]
    names = ["La Mitis", "La Matanie", "Avignon"]
    return draw.lorenz_curve(
        "Une courbe de Lorenz",
        "Du moins bien servi au mieux servi.",
        points=points,
        axes=draw.Axes("Part due (%)", "Part reçue (%)"),
        even="chacun sa part",
        headers=("Jusqu’à", "Part due", "Part reçue"),
        rows=[(name, x, y) for name, (x, y) in zip(names, points[1:], strict=True)],
    )


def _scatter() -> Chart:
    places = [("La Mitis", 87.0, 35.0), ("La Matanie", 50.0, 91.0), ("Avignon", 23.0, 291.0)]
    return draw.scatter(
        "Un nuage",
        "En bas à droite : beaucoup de besoin, peu d’accompagnement.",
        points=[draw.Point(name, x, y, is_low=name == "La Mitis") for name, x, y in places],
        axes=draw.Axes("Indice de besoin", "Heures reçues pour 100 dues", most_up=400),
        level=(100, "sa juste part"),
        headers=("Territoire", "Besoin", "Reçu"),
        rows=places,
    )


def _shares() -> Chart:
    names = ["Coordination", "Accompagnement", "Expertise", "Représentation", "Non précisé"]
    return draw.shares(
        "Des parts",
        "Au-delà du trait, la coordination prend le dessus.",
        names=names,
        items=[
            draw.Made("La Mitis", (52, 30, 8, 6, 4), "127\u00a0h"),
            draw.Made(
                "Rivière-du-Loup, la ville et les villages", (18, 55, 0, 12, 15), "80\u00a0h"
            ),
        ],
        headers=("Territoire", *names, "Heures"),
        threshold=(40, "seuil\u00a0: 40 %"),
    )
