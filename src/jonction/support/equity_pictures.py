"""The Lorenz curve and the cloud of an Alliance, from its picture or from its veiled one."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from jonction.support.equity import Line, Picture
from jonction.support.veil import Veiled
from jonction.ui.charts import Axes, Chart, Point, lorenz_curve, scatter

SCALES = (200, 400)  # what is beyond four times its share is drawn at the edge


def lorenz_of(picture: Picture, veil: Veiled | None) -> Chart:
    points = veil.lorenz if veil else picture.result.lorenz
    labels = _labels(picture, veil)
    return lorenz_curve(
        _("La courbe de Lorenz"),
        _(
            "Les territoires, du moins bien servi au mieux servi : en travers, ce qui leur est dû ; "
            "en hauteur, ce qu’ils reçoivent. Sur la diagonale, chacun a sa part."
        ),
        points=[(float(x) * 100, float(y) * 100) for x, y in points],
        axes=Axes(_("Part due, cumulée (%)"), _("Part reçue, cumulée (%)")),
        even=_("chacun sa part"),
        headers=(
            _("Jusqu’à ce territoire"),
            _("Part due cumulée (%)"),
            _("Part reçue cumulée (%)"),
        ),
        rows=[
            (label, _tenth(x * 100), _tenth(y * 100))
            for label, (x, y) in zip(labels, points[1:], strict=False)
        ],
    )


def cloud_of(picture: Picture, veil: Veiled | None) -> Chart:
    lines = [line for line in (veil.shown if veil else picture.lines) if line.standing]
    highest = max((_ratio(line) * 100 for line in lines), default=Fraction(0))
    most = SCALES[highest > SCALES[0]]
    return scatter(
        _("Le besoin et l’accompagnement"),
        _(
            "En bas à droite : beaucoup de besoin, peu d’accompagnement. Un losange reçoit moins que "
            "sa part."
        ),
        points=[_point(line) for line in lines],
        axes=Axes(_("Indice de besoin (0 à 100)"), _("Heures reçues pour 100 dues"), most_up=most),
        level=(100, _("sa juste part")),
        headers=(_("Territoire"), _("Indice de besoin"), _("Heures reçues pour 100 dues")),
        rows=[
            (line.name, _tenth((line.need.index or Fraction(0)) * 100), _tenth(_ratio(line) * 100))
            for line in lines
        ],
    )


def _labels(picture: Picture, veil: Veiled | None) -> Sequence[str]:
    """Return the names along the curve, in its order."""
    if veil is None:
        return [line.name for line in picture.lines]
    named = [(_ratio(line), line.name) for line in veil.shown]
    if veil.ratio is not None:
        named.append((veil.ratio, _("Territoires regroupés")))
    return [name for _ratio_, name in sorted(named)]


def _point(line: Line) -> Point:
    ratio = _ratio(line)
    return Point(line.name, float(line.need.index or 0) * 100, float(ratio) * 100, ratio < 1)


def _ratio(line: Line) -> Fraction:
    return line.standing.ratio if line.standing else Fraction(0)


def _tenth(value: Fraction) -> float:
    return round(float(value), 1)
