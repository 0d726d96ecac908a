"""What the demonstration needs to look at equity: invented figures, profiles, a method (S5).

Every figure says that it is invented: none of them is a statistic of a real place.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from jonction.accounts.models import Person
from jonction.core.taxonomy import StartingFactor
from jonction.governance.models import Alliance, AllianceTerritory, Body
from jonction.support.models import Appraisal, EquityMethod, StartingProfile
from jonction.territories.models import Figure, Indicator, Place

SOURCE = "Chiffres inventés pour la démonstration"
PERIOD = "2021"
# what the invented figures are drawn between
RANGES = {
    "population": (7_000, 58_000),
    "low_income": (9, 24),
    "no_diploma": (12, 31),
    "employment": (58, 78),
    "living_alone": (12, 22),
}
Values = tuple[int | None, int | None, int | None, int | None, int | None]
# by rank of the local body: the values agreed, how many were in the room
PROFILES: dict[int, tuple[Values, int]] = {
    0: ((4, 3, 3, 4, 3), 14),
    1: ((2, 2, 3, 2, 1), 11),
    3: ((5, 4, 4, 4, 4), 22),
    5: ((4, 4, 3, 3, None), 17),
    6: ((3, 2, 2, 3, 2), 4),
    7: ((2, 1, 1, 2, 1), 9),
}
DRAFT = 0  # the table of the demonstration begins again
WORDS = {
    "community_capital": "Les groupes se parlent, mais ce sont toujours les mêmes qui viennent.",
    "resources": "Une personne accompagne trois tables ; quand elle est malade, tout arrête.",
    "expertise": "On sait animer. Pour les demandes, on appelle la MRC voisine.",
    "recognition": "Le conseil trouve cela utile, sans l’avoir mis au budget.",
    "release": "Le CISSS libère une demi-journée, quand il peut.",
}
DISSENT = {
    "recognition": "Deux municipalités trouvent que c’est déjà bien reconnu.",
    "release": "L’école dit qu’elle libère du monde ; les groupes ne l’ont pas vu.",
}
REASON = "Adoptée à la Table régionale : le faible revenu compte double."


def weigh(bodies: Sequence[Body], coordinator: Person, today: date) -> None:
    """Give the territories of an Alliance figures and profiles, and the Alliance its method."""
    local = [body for body in bodies if body.territory_id]
    draw = Random(len(local))  # noqa: S311 - it draws a demonstration, not a secret
    invent_figures(Place.objects.filter(alliance_territories__bodies__in=local).distinct(), draw)
    for rank, body in enumerate(local):
        if rank in PROFILES:
            values, present = PROFILES[rank]
            sign_profile(body, values, present, today - timedelta(weeks=8 + rank))
    past = sign_profile(local[0], (3, 2, 3, 3, 2), 8, today - timedelta(weeks=60), is_past=True)
    past.appraisals.update(dissent="")
    _write(
        StartingProfile.objects.create(
            territory=_territory(local[DRAFT]),
            body=local[DRAFT],
            opened_on=today - timedelta(days=6),
        ),
        (3, 2, None, None, None),
    )
    _choose_method(bodies[0].alliance, coordinator)


def invent_figures(places: Iterable[Place], draw: Random) -> None:
    indicators = {i.code: i for i in Indicator.objects.filter(code__in=list(RANGES))}
    Figure.objects.bulk_create(
        Figure(
            place=place,
            indicator=indicators[code],
            period=PERIOD,
            value=_value(code, draw),
            source=SOURCE,
        )
        for place in places
        for code in RANGES
    )


def sign_profile(
    body: Body, values: Values, present: int, signed_on: date, *, is_past: bool = False
) -> StartingProfile:
    states = StartingProfile.Status
    profile = StartingProfile.objects.create(
        territory=_territory(body),
        body=body,
        opened_on=signed_on - timedelta(days=20),
        signed_on=signed_on,
        present=present,
        status=states.SUPERSEDED if is_past else states.ADOPTED,
    )
    _write(profile, values)
    return profile


def _write(profile: StartingProfile, values: Values) -> None:
    Appraisal.objects.bulk_create(
        Appraisal(
            profile=profile,
            factor=factor,
            value=value,
            words=WORDS[factor] if value else "",
            dissent=DISSENT.get(factor, "") if value in {None, 3} else "",
        )
        for factor, value in zip(StartingFactor.values, values, strict=True)
    )


def _choose_method(alliance: Alliance, coordinator: Person) -> None:
    EquityMethod.objects.create(
        alliance=alliance,
        number=1,
        indicators={"low_income": 2, "no_diploma": 1, "employment": 1, "living_alone": 1},
        factors=dict.fromkeys(StartingFactor.values, 1),
        reason=REASON,
        set_by=coordinator,
    )


def _value(code: str, draw: Random) -> Decimal:
    least, most = RANGES[code]
    if code == "population":
        return Decimal(draw.randrange(least, most, 10))
    return Decimal(draw.randrange(least * 10, most * 10)) / 10


def _territory(body: Body) -> AllianceTerritory:
    return AllianceTerritory.objects.get(bodies=body)
