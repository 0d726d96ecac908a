"""What a person types about support."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jonction.core.taxonomy import Dimension, Function, Stage
from jonction.cycle.models import Process
from jonction.engines.reading import NotADuration, read_quarters
from jonction.support.models import Intervention
from jonction.support.rules import QUARTERS_PER_DAY


class QuartersField(forms.CharField):
    """A duration as people write it; its value is in quarter hours."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            quarters = read_quarters(text)
        except NotADuration as error:
            raise forms.ValidationError(
                _("« %(text)s » n’est pas une durée : écrivez par exemple 1h30, 1,5 ou 90 min."),
                params={"text": text},
            ) from error
        if quarters > QUARTERS_PER_DAY:
            raise forms.ValidationError(_("Une journée a 24 heures : vérifiez la durée."))
        return quarters


class InterventionForm(forms.Form):
    """One line of the journal; the sentence is enough when the rest can be guessed."""

    text = forms.CharField(label=_("Qu’avez-vous fait ?"), max_length=500)
    process = forms.ModelChoiceField(label=_("Démarche"), queryset=Process.objects.none())
    on = forms.DateField(
        label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    quarters = QuartersField(
        label=_("Durée"), help_text=_("Par exemple 1h30, 1,5 ou 90 min."), max_length=20
    )
    stages = forms.MultipleChoiceField(
        label=_("Étapes"), choices=Stage, widget=forms.CheckboxSelectMultiple
    )
    dimensions = forms.MultipleChoiceField(
        label=_("Dimensions"), choices=Dimension, widget=forms.CheckboxSelectMultiple
    )
    function = forms.ChoiceField(
        label=_("Fonction"), choices=[("", _("non précisée")), *Function.choices], required=False
    )
    audience = forms.ChoiceField(
        label=_("Qui peut lire"),
        choices=Intervention.Audience,
        initial=Intervention.Audience.BODY,
        help_text=_("Le temps compte toujours ; seul le texte est réservé."),
    )

    def __init__(self, *args: Any, processes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["process"].queryset = processes  # type: ignore[attr-defined]
