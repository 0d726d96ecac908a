"""A forecast as people read it: each deadline, each stage, what support changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jonction.core.taxonomy import Stage
from jonction.cycle.models import Deadline, Process
from jonction.engines.forecast.backward import Start
from jonction.engines.forecast.keeping import from_plain
from jonction.engines.forecast.network import Past, Project, Task
from jonction.engines.forecast.records import read_outlook, read_starts
from jonction.engines.forecast.results import Dates, Ended, Odds, Outlook, Reached
from jonction.support.models import Forecast
from jonction.support.words import odds_figures, odds_word
from jonction.ui.charts import Chart
from jonction.ui.charts.odds import Pair, odds

ENOUGH = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class ToldDeadline:
    """A deadline with its odds, with the support planned and without any."""

    deadline: Deadline
    on: date
    stage: str
    work: str
    supported: Reached
    alone: Reached

    @property
    def words(self) -> str:
        return odds_word(self.supported.odds)

    @property
    def figures(self) -> str:
        return odds_figures(self.supported.odds)

    @property
    def words_alone(self) -> str:
        return odds_word(self.alone.odds)

    @property
    def figures_alone(self) -> str:
        return odds_figures(self.alone.odds)

    @property
    def is_likely(self) -> bool:
        return self.supported.odds.share >= ENOUGH

    @property
    def later(self) -> list[tuple[date, Odds]]:
        return list(self.supported.later)

    @property
    def difference(self) -> str:
        """Say what support changes, without saying more than the figures do."""
        gained = round(100 * (self.supported.odds.share - self.alone.odds.share))
        days = (self.alone.dates.at_80 - self.supported.dates.at_80).days
        points = ngettext(
            "L’accompagnement prévu ajoute {n} point de pourcentage.",
            "L’accompagnement prévu ajoute {n} points de pourcentage.",
            gained,
        ).format(n=gained)
        sooner = ngettext(
            "Avec lui, la date tenue 8 fois sur 10 vient {n} jour plus tôt.",
            "Avec lui, la date tenue 8 fois sur 10 vient {n} jours plus tôt.",
            days,
        ).format(n=days)
        alone = ngettext(
            "L’accompagnement prévu avance de {n} jour la date tenue 8 fois sur 10.",
            "L’accompagnement prévu avance de {n} jours la date tenue 8 fois sur 10.",
            days,
        ).format(n=days)
        match gained > 0, days > 0:
            case True, True:
                return f"{points} {sooner}"
            case True, False:
                return points
            case False, True:
                return alone
        return _("D’après ces données, l’accompagnement prévu n’y change rien.")


@dataclass(frozen=True, slots=True)
class ToldStage:
    """A stage with its dates and what is known of its duration."""

    code: str
    label: str
    task: Task
    supported: Ended
    alone: Ended

    @property
    def support(self) -> int:
        return round(100 * self.task.support)

    @property
    def is_over(self) -> bool:
        return self.task.ended_on is not None

    @property
    def basis(self) -> str:
        """Say from what the duration is drawn."""
        spread = self.task.spread
        if isinstance(spread, Past):
            n = len(spread.ratios)
            return ngettext(
                "{n} étape finie, accompagnée, de la région",
                "{n} étapes finies, accompagnées, de la région",
                n,
            ).format(n=n)
        points = (spread.least, spread.likely, spread.most)
        return _("hypothèse : {points} % du plan").format(
            points=" – ".join(str(round(100 * point)) for point in points)
        )

    @property
    def basis_alone(self) -> str:
        alone = self.task.alone
        if isinstance(alone, Fraction):
            return _("hypothèse : {percent} % de la durée accompagnée").format(
                percent=round(100 * alone)
            )
        n = len(getattr(alone, "ratios", ()))
        return ngettext(
            "{n} étape finie sans accompagnement",
            "{n} étapes finies sans accompagnement",
            n,
        ).format(n=n)


@dataclass(frozen=True, slots=True)
class ToldForecast:
    forecast: Forecast
    outlook: Outlook
    deadlines: list[ToldDeadline]
    stages: list[ToldStage]
    starts: list[Start]

    @property
    def slowest(self) -> ToldStage | None:
        """Return the stage that delays the end most, when one does."""
        return _slowest(self.stages)

    def slowest_for(self, one: ToldDeadline) -> ToldStage | None:
        """Return the same among the stages that the deadline waits for."""
        codes = [stage.code for stage in self.stages]
        return _slowest(self.stages[: codes.index(one.stage) + 1])

    @property
    def is_supposed(self) -> bool:
        """Say whether what happens without support is a hypothesis of the Alliance."""
        coming = (stage.task for stage in self.stages if not stage.is_over)
        return any(isinstance(task.alone, Fraction) for task in coming)

    @property
    def ends(self) -> list[tuple[str, Dates]]:
        return [
            (_("avec l’accompagnement prévu"), self.outlook.supported.end),
            (_("sans accompagnement"), self.outlook.alone.end),
        ]


def _slowest(stages: Iterable[ToldStage]) -> ToldStage | None:
    coming = [stage for stage in stages if not stage.is_over]
    most = max(coming, key=lambda s: s.supported.delay, default=None)
    return most if most and most.supported.delay >= 1 else None


def told(forecast: Forecast, process: Process) -> ToldForecast:
    """Read a forecast again, beside the deadlines that still are there."""
    outlook = read_outlook(forecast.result)
    project = from_plain(forecast.inputs["project"])
    return ToldForecast(
        forecast,
        outlook,
        _deadlines(outlook, project, process),
        _stages(outlook, project),
        read_starts(forecast.starts),
    )


def odds_chart(found: ToldForecast) -> Chart:
    with_word, without_word = _("avec : {words}"), _("sans : {words}")
    return odds(
        _("Les chances de tenir chaque échéance"),
        _("Barre pleine : avec l’accompagnement prévu. Barre pâle : sans accompagnement."),
        pairs=[
            Pair(
                f"{one.deadline.name}",
                (
                    ("", float(one.supported.odds.share), with_word.format(words=one.words)),
                    ("", float(one.alone.odds.share), without_word.format(words=one.words_alone)),
                ),
            )
            for one in found.deadlines
        ],
        headers=(_("Échéance"), _("Avec l’accompagnement prévu"), _("Sans accompagnement")),
    )


def _deadlines(outlook: Outlook, project: Project, process: Process) -> list[ToldDeadline]:
    there = {str(deadline.pk): deadline for deadline in process.deadlines.all()}
    alone = {reached.key: reached for reached in outlook.alone.targets}
    targets = {target.key: target for target in project.targets}
    found = []
    for reached in outlook.supported.targets:
        if deadline := there.get(reached.key):
            target = targets[reached.key]
            work = _work(target.task, target.fraction)
            found.append(
                ToldDeadline(deadline, target.on, target.task, work, reached, alone[reached.key])
            )
    return sorted(found, key=lambda one: (one.on, one.deadline.pk))


def _work(stage: str, fraction: Fraction) -> str:
    label = Stage(stage).label
    if fraction == 1:
        return _("la fin de l’étape « {stage} »").format(stage=label)
    return _("{percent} % de l’étape « {stage} », comme le prévoit le plan").format(
        percent=round(100 * fraction), stage=label
    )


def _stages(outlook: Outlook, project: Project) -> list[ToldStage]:
    tasks = {task.key: task for task in project.tasks}
    return [
        ToldStage(held.key, capfirst(str(Stage(held.key).label)), tasks[held.key], held, alone)
        for held, alone in zip(outlook.supported.stages, outlook.alone.stages, strict=True)
    ]
