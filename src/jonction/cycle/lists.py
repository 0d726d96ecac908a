"""The list of processes: what one reads in it, narrows and sorts."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jonction.core.lists import filters
from jonction.core.lists.listing import Column, Listing
from jonction.core.tables.writing import KINDS
from jonction.core.taxonomy import Stage
from jonction.cycle import queries
from jonction.cycle.models import Process, ProcessStage
from jonction.governance.models import Plan
from jonction.territories.queries import regions


def processes(request: HttpRequest, today: date) -> Listing:
    """Return the processes, those of the newest plan first; where each stands is public."""

    def at_stage(kind: str) -> Exists:
        """Select those that live this stage today, as it was planned."""
        planned = {"planned_from__lte": today, "planned_to__gte": today}
        return Exists(ProcessStage.objects.filter(process=OuterRef("pk"), kind=kind, **planned))

    def stages(process: Process) -> str:
        return ", ".join(
            str(stage)
            for stage in process.stages.all()
            if stage.planned_from <= today <= stage.planned_to
        )

    return Listing(
        request,
        queries.listed_processes(),
        columns=[
            Column("nom", _("Démarche"), lambda process: process.name),
            Column("instance", _("Instance"), lambda process: process.body_name),
            Column("alliance", _("Alliance"), lambda process: process.alliance_name),
            Column("plan", _("Plan"), lambda process: process.plan_name),
            Column("etat", _("État"), lambda process: process.get_status_display()),
            Column("etapes", _("Étapes en cours"), stages),
        ],
        filters=[
            filters.text(
                "mots",
                _("Démarche ou instance"),
                lambda text: Q(name__icontains=text) | Q(body__name__icontains=text),
            ),
            filters.choice(
                "region",
                _("Région"),
                regions().values_list("code", "name"),
                path="body__alliance__region__code",
            ),
            filters.choice(
                "plan",
                _("Plan"),
                Plan.objects.values_list("pk", "name"),
                path="body__alliance__plan",
            ),
            filters.choice("etat", _("État"), Process.Status.choices, path="status"),
            filters.choice("etape", _("Étape en cours"), Stage.choices, condition=at_stage),
        ],
        order=["-body__alliance__plan__starts_on", "name"],
        page_size=24,
        formats=list(KINDS),
    )
