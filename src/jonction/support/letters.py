"""The letters that support writes: people sign them and send them themselves."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jonction.core.days import in_words
from jonction.core.typography import figure
from jonction.support.models import Mandate, ReleaseAgreement
from jonction.support.queries.directory import given_quarters
from jonction.ui.documents import Block, Bullets, Document, Heading, Paragraph

SIGNED_HERE = "_" * 32


def release_letter(release: ReleaseAgreement, *, today: date) -> Document:
    """Return the request to an institution, or the request to go on."""
    renews = release.renews
    title = _("Renouvellement d’une libération") if renews else _("Demande de libération")
    blocks: list[Block] = [
        Paragraph(f"{release.addressee}\n{release.organisation}"),
        Paragraph(_("Madame, Monsieur,")),
        Paragraph(_request(release)),
    ]
    served = _served(release)
    if served:
        blocks += [Heading(_("Ce que ce temps permet")), Bullets(served)]
    if renews:
        blocks += [Heading(_("Ce qu’il a permis jusqu’ici")), Paragraph(_given(renews, today))]
    blocks += [
        Heading(_("Pourquoi nous le demandons")),
        Paragraph(
            _(
                "L’accompagnement est le moyen privilégié pour que les personnes et les milieux "
                "prennent part à la démarche à toutes ses étapes. Il tient quand les institutions "
                "libèrent celles et ceux qui savent le faire."
            )
        ),
        Paragraph(
            _("Nous vous remercions de votre attention, et restons à votre écoute pour en parler.")
        ),
        Paragraph(
            f"{SIGNED_HERE}\n{_('La coordination de l’Alliance')}\n{release.resource.alliance}"
        ),
    ]
    return Document(title, str(release.resource), today, blocks)


def _request(release: ReleaseAgreement) -> str:
    return _(
        "Nous vous demandons de libérer {name} {hours} heures par semaine, du {start} au {end}, "
        "pour l’accompagnement des démarches de lutte contre la pauvreté du territoire."
    ).format(
        name=release.resource,
        hours=figure(release.hours_per_week),
        start=in_words(release.starts_on),
        end=in_words(release.ends_on),
    )


def _served(release: ReleaseAgreement) -> list[str]:
    mandates = Mandate.objects.filter(
        resource=release.resource_id,
        status=Mandate.Status.ACTIVE,
        starts_on__lte=release.ends_on,
        ends_on__gte=release.starts_on,
    ).select_related("process")
    return [
        _("{process} : {stages}").format(
            process=mandate.process.name, stages=", ".join(mandate.stage_labels)
        )
        for mandate in mandates
    ]


def _given(release: ReleaseAgreement, today: date) -> str:
    hours = round(given_quarters(release, today) / 4)
    return ngettext(
        "Depuis le {start}, {n} heure d’accompagnement a été donnée.",
        "Depuis le {start}, {n} heures d’accompagnement ont été données.",
        hours,
    ).format(start=in_words(release.starts_on), n=hours)
