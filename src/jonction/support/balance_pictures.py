"""The pictures of a balance: what support is made of, coordination over time, results beside."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jonction.core.taxonomy import Function, Posture
from jonction.engines.balance import NOT_SAID, State, Whole
from jonction.support.balance import FUNCTIONS, POSTURES, Balance, Row
from jonction.ui.charts import Axes, Chart, Made, Point, scatter, shares

SCALES = (5, 10, 20, 40, 80, 160)


def by_territory(balance: Balance) -> Chart | None:
    return _functions(
        _("Les fonctions, territoire par territoire"),
        _(
            "De quoi les heures notées sont faites. La largeur est une part, pas un nombre d’heures."
        ),
        first=_("Territoire"),
        rows=[(row.name, row.functions) for row in balance.bars],
    )


def by_stage(balance: Balance) -> Chart | None:
    rows = [(capfirst(one.name), one.functions) for one in balance.stages or ()]
    return _functions(
        _("Les fonctions, étape par étape"),
        _("Toute l’Alliance, à l’étape que servait chaque heure."),
        first=_("Étape"),
        rows=[(name, whole) for name, whole in rows if whole.total],
    )


def postures_by_territory(balance: Balance) -> Chart | None:
    return _postures(
        balance,
        _("Les postures, territoire par territoire"),
        _("Au-delà du trait, la coordination prend le dessus."),
        first=_("Territoire"),
        rows=[(row.name, row.postures) for row in balance.bars],
    )


def postures_by_quarter(balance: Balance) -> Chart | None:
    rows = [(_moment(*moment), made) for moment, made in (balance.quarters or {}).items()]
    return _postures(
        balance,
        _("Les postures, au fil du temps"),
        _("Toute l’Alliance. Au-delà du trait, la coordination prend le dessus."),
        first=_("Période"),
        rows=[(name, whole) for name, whole in rows if whole.total],
    )


def results_beside(balance: Balance) -> Chart | None:
    """Draw support against the stages held; nothing when no stage that came due is known."""
    rows = [row for row in balance.rows if row.key and row.is_shown and row.stages.known]
    whole = balance.results.share_on_time
    if not rows or whole is None:
        return None
    highest = max(balance.per_week(row) for row in rows)
    most = next((scale for scale in SCALES if highest <= scale), SCALES[-1])
    return scatter(
        _("L’accompagnement et les étapes tenues, côte à côte"),
        _(
            "Chaque marque est un territoire : en travers, les heures qu’il reçoit ; en hauteur, la "
            "part de ses étapes finies à temps. Un losange est sous l’ensemble de l’Alliance."
        ),
        points=[_point(row, balance, whole) for row in rows],
        axes=Axes(
            _("Heures d’accompagnement par semaine"),
            _("Étapes finies à temps (%)"),
            most_across=most,
        ),
        level=(float(whole) * 100, _("l’ensemble de l’Alliance")),
        headers=(
            _("Territoire"),
            _("Heures par semaine"),
            _("Étapes finies à temps (%)"),
            _("À temps"),
            _("En retard"),
        ),
        rows=[
            (
                row.name,
                round(float(balance.per_week(row)), 1),
                round(float(row.stages.share_on_time or 0) * 100, 1),
                row.stages.counts[State.ON_TIME],
                row.stages.counts[State.LATE],
            )
            for row in rows
        ],
    )


PICTURES = {
    "territoires": by_territory,
    "etapes": by_stage,
    "postures": postures_by_territory,
    "trimestres": postures_by_quarter,
    "resultats": results_beside,
}


def _functions(
    title: str, description: str, *, first: str, rows: Sequence[tuple[str, Whole]]
) -> Chart | None:
    names = [capfirst(str(Function(code).label)) for code in FUNCTIONS]
    return _shares(title, description, (first, names, FUNCTIONS), rows, None)


def _postures(
    balance: Balance, title: str, description: str, *, first: str, rows: Sequence[tuple[str, Whole]]
) -> Chart | None:
    names = [capfirst(str(Posture(code).label)) for code in POSTURES]
    percent = float(balance.limits.coordination) * 100
    threshold = (percent, _("seuil : {percent} %").format(percent=f"{percent:.0f}"))
    return _shares(title, description, (first, names, POSTURES), rows, threshold)


def _shares(
    title: str,
    description: str,
    words: tuple[str, Sequence[str], Sequence[str]],
    rows: Sequence[tuple[str, Whole]],
    threshold: tuple[float, str] | None,
) -> Chart | None:
    if not rows:
        return None
    first, named, codes = words
    names = [*named, _("Non précisé")]
    return shares(
        title,
        description,
        names=names,
        items=[
            Made(
                name,
                tuple(_percent(whole.share(code)) for code in (*codes, NOT_SAID)),
                f"{float(whole.hours):.0f}\N{NO-BREAK SPACE}h",
            )
            for name, whole in rows
        ],
        headers=(first, *(_("{name} (%)").format(name=name) for name in names), _("Heures")),
        threshold=threshold,
    )


def _moment(year: int, quarter: int) -> str:
    """Return the words of a quarter, or of the fiscal year that stands for its four."""
    if quarter:
        return _("T{quarter} {year}").format(quarter=quarter, year=year)
    return f"{year}-{year + 1}"


def _point(row: Row, balance: Balance, whole: Fraction) -> Point:
    share = row.stages.share_on_time or Fraction(0)
    hours = float(balance.per_week(row))
    return Point(row.name, hours, float(share) * 100, share < whole)


def _percent(share: Fraction | None) -> float:
    return float(share or 0) * 100
