"""The lists of imports: the files brought, and the names recognised in them."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from jonction.accounts.http import PersonRequest
from jonction.core.lists import filters
from jonction.core.lists.listing import Column, Listing
from jonction.core.tables.writing import KINDS
from jonction.engines.words import fold
from jonction.imports.models import Import, Match
from jonction.imports.queries import imports_visible_to, label_of
from jonction.imports.readers import readers


def imports(request: PersonRequest) -> Listing:
    """Return the imports of the person, the latest first until asked otherwise."""
    return Listing(
        request,
        imports_visible_to(request.user),
        columns=[
            Column("fichier", _("Fichier"), lambda source: source.file_name, sort="file_name"),
            Column("sorte", _("Sorte"), lambda source: label_of(source.reader)),
            Column("date", _("Date"), lambda source: source.started_at, sort="started_at"),
            Column("etat", _("État"), lambda source: source.get_status_display()),
        ],
        filters=[
            filters.text("mots", _("Fichier"), lambda text: Q(file_name__icontains=text)),
            filters.choice("sorte", _("Sorte"), _sorts(), path="reader"),
            filters.choice("etat", _("État"), Import.Status.choices, path="status"),
        ],
        order=["-started_at"],
        formats=list(KINDS),
    )


def names(
    request: PersonRequest, rows: QuerySet[Match], things: Mapping[tuple[str, int], str]
) -> Listing:
    """Return the names recognised, in alphabetical order, with what each was said to be."""

    def thing(match: Match) -> str:
        gone = _now("ce qui n’existe plus ici")
        return things.get((match.reader, match.target), gone)

    return Listing(
        request,
        rows,
        columns=[
            Column("nom", _("Nom dans les fichiers"), lambda match: match.text, sort="text"),
            Column("chose", _("Reconnu comme"), thing),
            Column("sorte", _("Sorte de fichier"), lambda match: label_of(match.reader)),
        ],
        filters=[
            filters.text("mots", _("Nom"), lambda text: Q(text__contains=fold(text))),
            filters.choice("sorte", _("Sorte de fichier"), _sorts(), path="reader"),
        ],
        order=["text"],
        formats=list(KINDS),
    )


def _sorts() -> list[tuple[str, str]]:
    return [(reader.name, str(reader.label)) for reader in readers().values()]
