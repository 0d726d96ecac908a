"""What is written in the field, without network or without JavaScript."""

import hashlib
import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from jonction.core.durations import QuartersField
from jonction.core.editing import day_field
from jonction.core.taxonomy import Dimension, Stage
from jonction.cycle.models import Process
from jonction.support.forms.fields import QUARTERS_PER_DAY

LONGEST = 500  # signs of a line of the journal
TOO_LONG = gettext_lazy("500 signes au plus : coupez cette note en deux.")


class FieldForm(forms.Form):
    """One sentence, its day, and the process when the sentence does not say it."""

    text = forms.CharField(
        label=gettext_lazy("Qu’avez-vous fait ?"),
        help_text=gettext_lazy("Dictez ou tapez : quoi, où, combien de temps."),
        # no maxlength: a dictation is never cut without a word
        widget=forms.Textarea(attrs={"rows": 3, "enterkeyhint": "done", "autocomplete": "off"}),
    )
    on = day_field(gettext_lazy("Jour"))
    process = forms.ModelChoiceField(
        label=gettext_lazy("Démarche"),
        queryset=Process.objects.none(),
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("la phrase le dit"),
        blank=True,
        required=False,
    )

    def __init__(self, *args: Any, processes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["process"].queryset = processes  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        return shortened(self.cleaned_data["text"])


class NoteForm(forms.Form):
    """One note as a phone sends it: the sentence, and what its writer answered since."""

    uuid = forms.UUIDField()
    text = forms.CharField(label=gettext_lazy("Ce qui a été fait"))
    on = forms.DateField(label=gettext_lazy("Jour"))
    process = forms.IntegerField(required=False, min_value=1)
    quarters = QuartersField(
        label=gettext_lazy("Durée"),
        most=QUARTERS_PER_DAY,
        too_long=gettext_lazy("Une journée a 24 heures : vérifiez la durée."),
        required=False,
    )
    stage = forms.ChoiceField(choices=Stage, required=False)
    dimension = forms.ChoiceField(choices=Dimension, required=False)
    is_day_sure = forms.BooleanField(required=False)
    is_day_usual = forms.BooleanField(required=False)  # the day it was written: nobody chose it
    is_twice = forms.BooleanField(required=False)

    def clean_text(self) -> str:
        return shortened(self.cleaned_data["text"])

    def digest(self) -> str:
        """Return what tells this note from another version of it."""
        names = ["text", "on", "process", "quarters", "stage", "dimension"]
        said = [str(self.cleaned_data[name]) for name in names]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def shortened(text: str) -> str:
    """Return the text on one line, as the journal keeps it; dictation leaves line breaks."""
    words = " ".join(text.split())
    if len(words) > LONGEST:
        raise forms.ValidationError(str(TOO_LONG))
    return words
