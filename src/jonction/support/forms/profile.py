"""What a room says of its territory."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jonction.core.editing import day_field
from jonction.core.versions import VersionedForm
from jonction.support.models import Appraisal

MOST_PEOPLE = 500


class AppraisalForm(VersionedForm):
    value = forms.TypedChoiceField(
        label=_("Ce dont la salle convient"),
        choices=[*Appraisal.Value.choices, ("", _("pas d’accord entre nous"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Appraisal
        fields = ["value", "words", "dissent"]
        widgets = {
            "words": forms.Textarea(attrs={"rows": 4}),
            "dissent": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "words": _("Les mots de la salle, sans nom de personne."),
            "dissent": _("Un désaccord se garde tel quel : personne n’a à se rallier."),
        }


class AdoptionForm(forms.Form):
    signed_on = day_field(_("Signé par l’instance le"))
    present = forms.IntegerField(
        label=_("Combien de personnes étaient dans la salle"),
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text=_("Un nombre seulement : les noms ne sont pas gardés."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].widget.attrs["inputmode"] = "numeric"
