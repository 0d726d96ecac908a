"""The words that people agree to, by purpose. A changed text takes a new version."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jonction.accounts.models import Consent


@dataclass(frozen=True, slots=True)
class ConsentText:
    version: str
    words: str | Promise


TEXTS = {
    Consent.Purpose.DIRECTORY: ConsentText(
        "2026-11",
        _(
            "J’accepte que mon nom, mon organisation, mes territoires et mes compétences "
            "paraissent au répertoire public des personnes accompagnatrices. "
            "Mon téléphone et mon courriel n’y paraissent pas."
        ),
    ),
}
