"""The lists of governance: what one reads in them, narrows and sorts."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jonction.core.lists import filters
from jonction.core.lists.listing import Column, Listing
from jonction.core.tables.writing import KINDS
from jonction.governance import queries
from jonction.governance.models import Organisation, Plan
from jonction.territories.queries import regions


def alliances(request: HttpRequest) -> Listing:
    """Return the Alliances, those of the newest plan first."""
    return Listing(
        request,
        queries.public_alliances(),
        columns=[
            Column("nom", _("Nom"), lambda alliance: alliance.name),
            Column("region", _("Région"), lambda alliance: str(alliance.region)),
            Column("plan", _("Plan"), lambda alliance: str(alliance.plan)),
            Column("mandataire", _("Mandataire"), lambda a: str(a.mandataire or "")),
            Column("territoires", _("Territoires"), lambda a: a.territory_count),
            Column("instances", _("Instances"), lambda a: a.body_count),
        ],
        filters=[
            filters.text("mots", _("Nom"), lambda text: Q(name__icontains=text)),
            filters.choice("plan", _("Plan"), Plan.objects.values_list("pk", "name"), path="plan"),
            filters.choice(
                "region",
                _("Région"),
                regions().values_list("code", "name"),
                path="region__code",
            ),
        ],
        order=["-plan__starts_on", "name"],
        formats=list(KINDS),
    )


def organisations(request: HttpRequest, rows: QuerySet[Organisation]) -> Listing:
    """Return the organisations in alphabetical order; they are sought by words or by NEQ."""
    return Listing(
        request,
        rows,
        columns=[
            Column("nom", _("Nom"), lambda o: o.name, sort="folded"),
            Column("neq", _("NEQ"), lambda o: o.neq),
            Column("type", _("Type"), lambda o: o.kind, sort="kind"),
            Column("mrc", _("MRC"), lambda o: str(o.place or ""), sort="place__sort_key"),
        ],
        filters=[
            filters.text("mots", _("Nom ou NEQ"), queries.bears),
            filters.choice(
                "mrc",
                _("MRC"),
                queries.mrc_choices().values_list("code", "name"),
                path="place__code",
            ),
        ],
        order=["folded"],
        formats=list(KINDS),
    )
