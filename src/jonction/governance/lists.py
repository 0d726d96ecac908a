"""The lists of governance: what one reads in them, narrows and sorts."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jonction.core.lists import filters
from jonction.core.lists.listing import Column, Listing
from jonction.core.tables.writing import KINDS
from jonction.engines.claims import LARGE_FROM, SMALL_UNDER, Size
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
            Column("budget", _("Budget annuel"), lambda o: o.annual_budget),
        ],
        filters=[
            filters.text("mots", _("Nom ou NEQ"), queries.bears),
            filters.choice(
                "mrc",
                _("MRC"),
                queries.mrc_choices().values_list("code", "name"),
                path="place__code",
            ),
            filters.choice("taille", _("Taille"), _sizes(), condition=queries.of_size),
        ],
        order=["folded"],
        formats=list(KINDS),
    )


def _sizes() -> list[tuple[Size, str]]:
    small, large = (number_format(n, force_grouping=True) for n in (SMALL_UNDER, LARGE_FROM))
    words = {
        Size.SMALL: gettext("petit : moins de {small} $ par an"),
        Size.MEDIUM: gettext("moyen : de {small} $ à {large} $"),
        Size.LARGE: gettext("grand : {large} $ ou plus"),
        Size.UNKNOWN: gettext("inconnue : budget non précisé"),
    }
    return [(size, sentence.format(small=small, large=large)) for size, sentence in words.items()]
