"""The map of an Alliance, one tile per territory; another area says what each tile shows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jonction.governance.models import Alliance, AllianceTerritory, Body
from jonction.governance.tracks import Track
from jonction.territories.maps import layout
from jonction.ui.charts import Chart, Tile, settled, tile_map

SIDE = (138, 104)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a territory shows: a status (ui.charts), its word, what it counts, and its page."""

    status: str
    value: str
    note: str = ""
    url: str = ""


def map_of_territories(
    alliance: Alliance,
    title: str,
    description: str,
    shown: Mapping[int, Shown],
    *,
    headers: tuple[str, ...],
) -> Chart:
    """Draw the territories that show something, each about where its places lie."""
    names, places = _placed(alliance, shown)
    spots = settled(places)
    tiles = [
        Tile(
            code=str(pk),
            label=name,
            column=spots[name][0],
            row=spots[name][1],
            value=shown[pk].value,
            note=shown[pk].note,
            status=shown[pk].status,
            url=shown[pk].url,
        )
        for pk, name in names.items()
    ]
    return tile_map(title, description, tiles=tiles, headers=headers, side=SIDE)


def _placed(
    alliance: Alliance, kept: Collection[int]
) -> tuple[dict[int, str], dict[str, list[tuple[int, int]]]]:
    """Return the names of these territories by number, and where on the map lie those of a name."""
    known = layout()
    names: dict[int, str] = {}
    places: dict[str, list[tuple[int, int]]] = {}
    rows = AllianceTerritory.objects.filter(alliance=alliance, pk__in=kept)
    for pk, name, code in rows.values_list("pk", "name", "places__code").order_by(
        "name", "places__path"
    ):
        names[pk] = name
        lies = places.setdefault(name, [])
        if code in known:
            lies.append((known[code].column, known[code].row))
    return names, places


def map_of_bodies(alliance: Alliance, tracks: Mapping[int, Track]) -> Chart:
    """Draw every territory with the stage at which its body works; each leads to its body."""
    bodies = {body.territory_id: body for body in reversed(alliance.bodies.all())}
    shown = {t.pk: _stage_of(bodies.get(t.pk), tracks) for t in alliance.territories.all()}
    return map_of_territories(
        alliance,
        _("Les territoires de l’Alliance"),
        _("Une tuile par territoire, avec l’étape où en est sa concertation."),
        shown,
        headers=(_("Territoire"), _("Étape"), _("Nom de l’étape")),
    )


def _stage_of(body: Body | None, tracks: Mapping[int, Track]) -> Shown:
    if body is None:
        return Shown("plain", "", _("sans instance"))
    track = tracks.get(body.pk)
    if track is None:
        return Shown("place", "", _("étapes à prévoir"), body.get_absolute_url())
    rank = _("Étape {rank}").format(rank=track.rank)
    return Shown("place", rank, track.now.label, body.get_absolute_url())
