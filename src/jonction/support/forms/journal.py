"""What a person types about support."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jonction.core.taxonomy import Dimension, Function, Stage
from jonction.cycle.models import Process
from jonction.support.forms.fields import QUARTERS_PER_DAY, QuartersField, day
from jonction.support.models import Intervention


class InterventionForm(forms.Form):
    """One line of the journal; the sentence is enough when the rest can be guessed."""

    text = forms.CharField(label=_("Qu’avez-vous fait ?"), max_length=500)
    process = forms.ModelChoiceField(label=_("Démarche"), queryset=Process.objects.none())
    on = day(_("Date"))
    quarters = QuartersField(
        label=_("Durée"),
        help_text=_("Par exemple 1h30, 1,5 ou 90 min."),
        most=QUARTERS_PER_DAY,
        too_long=_("Une journée a 24 heures : vérifiez la durée."),
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
