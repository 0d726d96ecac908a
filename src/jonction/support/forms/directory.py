"""What a person types about what a resource can do, and about the time that is freed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jonction.core.editing import day_field
from jonction.core.once import SentOnce
from jonction.core.taxonomy import Dimension, Function, Stage
from jonction.core.versions import CarriesVersion
from jonction.governance.fields import OrganisationField
from jonction.governance.models import Body
from jonction.support.forms.fields import InOrder, weekly_hours
from jonction.support.models import Language, Skill
from jonction.territories.models import Place


def _any(choices: Any, word: Any) -> list[tuple[str, Any]]:
    return [("", word), *choices]


class DescriptionForm(CarriesVersion):
    languages = forms.MultipleChoiceField(
        label=_("Langues d’accompagnement"),
        choices=Language,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    base = forms.ModelChoiceField(
        label=_("MRC de départ"),
        queryset=Place.objects.filter(kind=Place.Kind.MRC).order_by("sort_key"),
        required=False,
        help_text=_("D’où l’on part : le jumelage compte les déplacements."),
    )
    is_published = forms.BooleanField(
        label=_("Cette instance paraît au répertoire public"), required=False
    )

    def __init__(self, *args: Any, is_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_person:
            del self.fields["is_published"]

    def clean(self) -> dict[str, Any]:
        return {"is_published": False, **super().clean()}


class SkillForm(forms.Form):
    stage = forms.ChoiceField(
        label=_("Étape"), choices=_any(Stage.choices, _("toutes les étapes")), required=False
    )
    dimension = forms.ChoiceField(
        label=_("Dimension"),
        choices=_any(Dimension.choices, _("toutes les dimensions")),
        required=False,
    )
    function = forms.ChoiceField(
        label=_("Fonction"),
        choices=_any(Function.choices, _("toutes les fonctions")),
        required=False,
    )
    grade = forms.TypedChoiceField(
        label=_("Niveau"),
        choices=_any(Skill.Grade.choices, _("(ligne vide)")),
        coerce=int,
        empty_value=None,
        required=False,
    )


class _SkillRows(forms.BaseFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        places = [
            tuple(row.cleaned_data.get(name, "") for name in ("stage", "dimension", "function"))
            for row in self.forms
            if hasattr(row, "cleaned_data") and row.cleaned_data.get("grade")
        ]
        if len(places) != len(set(places)):
            raise forms.ValidationError(_("Deux lignes disent la même compétence."))


class AffinityForm(forms.Form):
    body = forms.ModelChoiceField(label=_("Instance"), queryset=Body.objects.none(), required=False)
    word = forms.CharField(label=_("Pourquoi"), max_length=200, required=False)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class _AffinityRows(forms.BaseFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        bodies = [
            row.cleaned_data.get("body") for row in self.forms if hasattr(row, "cleaned_data")
        ]
        said = [body for body in bodies if body]
        if len(said) != len(set(said)):
            raise forms.ValidationError(_("Deux lignes nomment la même instance."))


# no more rows are read than are kept, whatever the count sent says
AT_MOST: Any = {"max_num": 40, "absolute_max": 40, "validate_max": True}
SkillRows = forms.formset_factory(SkillForm, formset=_SkillRows, extra=2, **AT_MOST)
AffinityRows = forms.formset_factory(AffinityForm, formset=_AffinityRows, extra=1, **AT_MOST)


class ReleaseForm(SentOnce, InOrder):
    organisation = OrganisationField(label=_("Organisme qui libère"))
    addressee = forms.CharField(
        label=_("À qui la demande est faite"), max_length=160, help_text=_("Nom et fonction.")
    )
    quarters_per_week = weekly_hours()

    field_order = ["organisation", "addressee", "quarters_per_week"]


class AgreeForm(forms.Form):
    is_offered = forms.BooleanField(
        label=_("Compter ces heures dans les heures offertes"), required=False, initial=True
    )


class StopForm(forms.Form):
    """What stops gives no hours: they end with it, unless somebody says otherwise."""

    word = forms.CharField(label=_("Raison donnée"), max_length=300)
    are_hours_ended = forms.BooleanField(
        label=_("Ne plus offrir les heures qui en viennent"), required=False, initial=True
    )


class RenewForm(forms.Form):
    ends_on = day_field(_("Jusqu’au"))
