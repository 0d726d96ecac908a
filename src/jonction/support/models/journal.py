"""The journal: what was done, and the cells that it served."""

from collections.abc import Sequence
from itertools import product

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jonction.core.addresses import page_of
from jonction.core.fields import Labelled
from jonction.core.taxonomy import Aspect, Dimension, Function, Level, Posture, Stage
from jonction.core.typography import colon
from jonction.engines.space import share
from jonction.support.models.resource import Resource


class Intervention(Labelled, models.Model):
    """One line of the journal: what was done, when, for how long."""

    class Audience(models.TextChoices):
        MINE = "mine", _("moi")
        MANDATE = "mandate", _("mandat")
        BODY = "body", _("instance")
        OPEN = "open", _("ouvert")

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="interventions")
    process = models.ForeignKey("cycle.Process", models.PROTECT, related_name="interventions")
    on = models.DateField(_("date"))
    quarters = models.PositiveSmallIntegerField(_("durée, en quarts d’heure"))
    text = models.CharField(_("ce qui a été fait"), max_length=500)
    audience = models.CharField(
        _("qui peut lire"), max_length=8, choices=Audience, default=Audience.BODY
    )
    function = models.CharField(_("fonction"), max_length=12, choices=Function, blank=True)
    # empty: nobody said it; coordinating is not supporting, and no one decides it for the writer
    posture = models.CharField(_("posture"), max_length=14, choices=Posture, blank=True)
    aspects = models.JSONField(_("aspects"), default=list, blank=True)
    follow_up = models.CharField(_("suite à donner"), max_length=500, blank=True)
    participants = models.PositiveSmallIntegerField(_("personnes présentes"), null=True, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quarters__gte=1, quarters__lte=96), name="intervention_within_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["resource", "-on", "-id"], name="journal_of_resource"),
            # who may read a line is told by its process and audience: found in the index, a person
            # who reads little is answered without opening the million lines of the others
            models.Index(fields=["-on", "-id", "process", "audience"], name="journal_read_by_day"),
            # it holds all that equity sums at both ends of a period
            models.Index(
                fields=["process", "on", "audience", "resource", "function", "quarters"],
                name="journal_summed_by_process",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return page_of("support:intervention_detail", self.pk)

    @property
    def hours(self) -> float:
        return self.quarters / 4

    @property
    def aspect_labels(self) -> list[str]:
        return [str(Aspect(code).label) for code in self.aspects]


class Share(models.Model):
    """The part of an intervention that falls in one cell, in 1/720 of a quarter hour.

    Process, resource and date are copied here so that coverage reads one table: the sum of the
    shares of an intervention is its duration, exactly.
    """

    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="shares")
    process = models.ForeignKey("cycle.Process", models.PROTECT, related_name="+")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="+")
    on = models.DateField()
    level = models.CharField(max_length=10, choices=Level)
    stage = models.CharField(max_length=12, choices=Stage)
    dimension = models.CharField(max_length=13, choices=Dimension)
    parts = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["process", "level", "stage", "dimension", "resource", "on", "parts"],
                name="share_by_cell",
            ),
            # the last weeks of a stage are read by day: 1.5 s without it on a million lines
            models.Index(
                fields=["process", "stage", "on", "level", "dimension", "resource", "parts"],
                name="share_by_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.stage}/{self.dimension}"


class Tally(models.Model):
    """What one resource did in one cell in one year: the sum of its shares, kept beside them.

    Coverage reads it instead of every share; only `support.tallies` writes it.
    """

    process = models.ForeignKey("cycle.Process", models.PROTECT, related_name="+", db_index=False)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10, choices=Level)
    stage = models.CharField(max_length=12, choices=Stage)
    dimension = models.CharField(max_length=13, choices=Dimension)
    parts = models.PositiveBigIntegerField()
    last_on = models.DateField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "process", "year", "level", "stage", "dimension"],
                name="one_tally_per_cell_and_year",
            )
        ]
        indexes = [
            # it holds all that coverage reads, in the order in which it sums
            models.Index(
                fields=[
                    "process", "level", "stage", "dimension", "resource",
                    "year", "last_on", "parts",
                ],
                name="tally_by_cell",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year}{colon()}{self.level}/{self.stage}/{self.dimension}"


class QuarterTally(models.Model):
    """What one resource did in one quarter of a year, by stage and function.

    Equity and the balance read it instead of every share; only `support.tallies` writes it.
    """

    process = models.ForeignKey("cycle.Process", models.PROTECT, related_name="+", db_index=False)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="+", db_index=False)
    quarter = models.DateField()  # its first day
    stage = models.CharField(max_length=12, choices=Stage)
    function = models.CharField(max_length=12, choices=Function, blank=True)
    parts = models.PositiveBigIntegerField()

    class Meta:
        verbose_name_plural = "quarter tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "process", "quarter", "stage", "function"],
                name="one_quarter_tally",
            )
        ]
        indexes = [
            # it holds all that is summed: the rows themselves are never opened
            models.Index(
                fields=["process", "quarter", "stage", "function", "resource", "parts"],
                name="quarter_tally_of_process",
            )
        ]

    def __str__(self) -> str:
        return f"{self.quarter}{colon()}{self.stage}/{self.function}"


class PostureTally(models.Model):
    """What one resource did in one quarter of a year, by posture.

    Kept apart from the functions: nobody asks for both at once, and crossed they are six times
    as many rows to sum.
    """

    process = models.ForeignKey("cycle.Process", models.PROTECT, related_name="+", db_index=False)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="+", db_index=False)
    quarter = models.DateField()  # its first day
    posture = models.CharField(max_length=14, choices=Posture, blank=True)
    parts = models.PositiveBigIntegerField()

    class Meta:
        verbose_name_plural = "posture tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "process", "quarter", "posture"], name="one_posture_tally"
            )
        ]
        indexes = [
            models.Index(
                fields=["process", "quarter", "posture", "resource", "parts"],
                name="posture_tally_of_process",
            )
        ]

    def __str__(self) -> str:
        return f"{self.quarter}{colon()}{self.posture}"


def shares_of(
    line: Intervention, level: str, stages: Sequence[str], dimensions: Sequence[str]
) -> list[Share]:
    """Return the shares, not saved, of a line over the cells that it served."""
    return [
        Share(
            intervention=line,
            process_id=line.process_id,
            resource_id=line.resource_id,
            on=line.on,
            level=level,
            stage=stage,
            dimension=dimension,
            parts=parts,
        )
        for stage, dimension, parts in parts_in(line.quarters, stages, dimensions)
    ]


def parts_in(
    quarters: int, stages: Sequence[str], dimensions: Sequence[str]
) -> list[tuple[str, str, int]]:
    """Return the parts of so many quarter hours that fall in each cell: stage, dimension, parts."""
    cells = list(product(stages, dimensions))
    return [(*cell, parts) for cell, parts in zip(cells, share(quarters, len(cells)), strict=True)]
