"""What a person types about a tie or a refusal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jonction.accounts.models import Person
from jonction.core.editing import day_field
from jonction.core.once import SentOnce
from jonction.ethics.models import Refusal, Tie
from jonction.governance.fields import OrganisationField
from jonction.governance.models import Alliance, Body


class _About(SentOnce):
    """About oneself, or about somebody known by an e-mail."""

    email = forms.EmailField(
        label=_("Courriel de la personne"),
        required=False,
        help_text=_("Laissez vide si vous parlez de vous."),
    )

    def __init__(self, *args: Any, actor: Person, others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        if not others:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        email = typed.pop("email", "")
        typed["person"] = (
            Person.objects.filter(email__iexact=email).first() if email else self.actor
        )
        if typed["person"] is None:
            self.add_error("email", _("Aucune personne n’est connue sous ce courriel."))
        return typed


class TieForm(_About):
    alliance = forms.ModelChoiceField(label=_("Alliance"), queryset=Alliance.objects.none())
    organisation = OrganisationField(label=_("Organisme"))
    kind = forms.ChoiceField(label=_("Lien"), choices=Tie.Kind)
    starts_on = day_field(_("Depuis le"))
    ends_on = day_field(_("Jusqu’au"), required=False, help_text=_("Vide : il dure encore."))
    word = forms.CharField(label=_("Précision"), max_length=300, required=False)

    field_order = ["alliance", "email", "organisation", "kind"]

    def __init__(self, *args: Any, alliances: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alliance"].queryset = alliances  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        starts, ends = typed.get("starts_on"), typed.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("La fin vient avant le début : vérifiez les deux dates."))
        return typed


class RefusalForm(_About):
    body = forms.ModelChoiceField(label=_("Instance"), queryset=Body.objects.none())
    side = forms.ChoiceField(label=_("Qui refuse"), choices=Refusal.Side)
    reason = forms.CharField(
        label=_("Raison"),
        max_length=300,
        required=False,
        help_text=_("Rien ne vous oblige à la dire ; elle reste confidentielle."),
    )

    field_order = ["side", "email", "body"]

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
