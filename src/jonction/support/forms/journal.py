"""What a person types in the journal."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.core.durations import QuartersField
from jonction.core.editing import day_field
from jonction.core.once import SentOnce
from jonction.core.taxonomy import Aspect, Dimension, Function, Posture, Stage
from jonction.cycle.models import Process
from jonction.support.forms.fields import QUARTERS_PER_DAY
from jonction.support.models import Intervention
from jonction.support.queries.journal import current_stage
from jonction.support.words import doubt_of_day, doubt_of_time


class InterventionForm(forms.Form):
    """One line of the journal: what a sentence let guess, each thing one tap from its correction."""

    text = forms.CharField(label=gettext_lazy("Qu’avez-vous fait ?"), max_length=500)
    process = forms.ModelChoiceField(
        label=gettext_lazy("Démarche"),
        queryset=Process.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    quarters = QuartersField(
        label=gettext_lazy("Durée"),
        help_text=gettext_lazy("Par exemple 1h30, 1,5 ou 90 min."),
        most=QUARTERS_PER_DAY,
        too_long=gettext_lazy("Une journée a 24 heures : vérifiez la durée."),
    )
    on = day_field(gettext_lazy("Date"))
    stages = forms.MultipleChoiceField(
        label=gettext_lazy("Étapes"), choices=Stage, widget=forms.CheckboxSelectMultiple
    )
    dimensions = forms.MultipleChoiceField(
        label=gettext_lazy("Dimensions"),
        choices=Dimension,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Le temps est partagé également entre celles qui sont cochées."),
    )
    posture = forms.ChoiceField(
        label=gettext_lazy("Posture"),
        choices=[("", gettext_lazy("non précisée")), *Posture.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    function = forms.ChoiceField(
        label=gettext_lazy("Fonction"),
        choices=[("", gettext_lazy("non précisée")), *Function.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    aspects = forms.MultipleChoiceField(
        label=gettext_lazy("Aspects"),
        choices=Aspect,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Qui peut lire"),
        choices=Intervention.Audience,
        widget=forms.RadioSelect,
        initial=Intervention.Audience.BODY,
        help_text=gettext_lazy("Le temps compte toujours ; seul le texte est réservé."),
    )
    follow_up = forms.CharField(
        label=gettext_lazy("Suite à donner"), max_length=500, required=False
    )
    participants = forms.IntegerField(
        label=gettext_lazy("Personnes présentes"), min_value=0, max_value=10_000, required=False
    )

    MAIN = ["text", "process", "quarters", "on", "stages", "dimensions", "function"]

    def __init__(
        self,
        *args: Any,
        processes: Any,
        because: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """`because` gives, for each field, the words of the sentence that filled it."""
        super().__init__(*args, **kwargs)
        self.fields["process"].queryset = processes  # type: ignore[attr-defined]
        for name, words in (because or {}).items():
            if (field := FIELDS.get(name, name)) in self.fields:
                said = _("Compris de « {words} ».").format(words=words)
                self.fields[field].help_text = said
        if because is not None and self.initial.get("text"):
            _tell_doubts(self, because)

    @property
    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.MAIN]

    @property
    def has_errors_in_more(self) -> bool:
        return any(field.errors for field in self.more)


class NotingForm(SentOnce, InterventionForm):
    """A new line."""

    @property
    def more(self) -> list[forms.BoundField]:
        return [field for field in super().more if not field.is_hidden]


def _tell_doubts(form: forms.Form, because: Mapping[str, str]) -> None:
    """Say beside the process, the time and the day what the sentence left out, and why."""
    fields, guessed = form.fields, form.initial
    if not guessed["process"]:
        fields["process"].help_text = _("La phrase ne dit pas laquelle : choisissez.")
    if not guessed["quarters"]:
        unsaid = _("La phrase ne dit pas combien de temps : par exemple 1h30, 1,5 ou 90 min.")
        fields["quarters"].help_text = doubt_of_time(because) or unsaid
        guessed["quarters"] = because.get("too_long")
    fields["on"].help_text = doubt_of_day(because) or fields["on"].help_text


# the fields that the guess names otherwise
FIELDS = {"stage": "stages", "dimension": "dimensions"}


class LineForm(forms.Form):
    """One line of a week noted at once: what is needed, on one row."""

    text = forms.CharField(label=gettext_lazy("Ce qui a été fait"), max_length=500)
    process = forms.ModelChoiceField(
        label=gettext_lazy("Démarche"), queryset=Process.objects.none()
    )
    on = day_field(gettext_lazy("Date"))
    quarters = QuartersField(
        label=gettext_lazy("Durée"),
        most=QUARTERS_PER_DAY,
        too_long=gettext_lazy("Une journée a 24 heures : vérifiez la durée."),
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("Étape"),
        choices=[("", gettext_lazy("celle de ce jour-là")), *Stage.choices],
        required=False,
    )
    dimension = forms.ChoiceField(
        label=gettext_lazy("Dimension"),
        choices=[("", gettext_lazy("celles du mandat")), *Dimension.choices],
        required=False,
    )

    def __init__(self, *args: Any, processes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["process"].queryset = processes  # type: ignore[attr-defined]
        if "because" in self.initial:
            _tell_doubts(self, self.initial["because"])

    def clean(self) -> dict[str, Any]:
        """Take the stage that ran that day when none is said; a wrong one is never supposed."""
        typed: dict[str, Any] = super().clean() or {}
        if not typed.get("stage") and typed.get("process") and typed.get("on"):
            typed["stage"] = current_stage(typed["process"], typed["on"])
            if not typed["stage"]:
                self.add_error(
                    "stage", _("Aucune étape n’était en cours ce jour-là : dites laquelle.")
                )
        return typed


class SentencesForm(forms.Form):
    """A week as one remembers it: one sentence per line."""

    sentences = forms.CharField(
        label=gettext_lazy("Une phrase par intervention"),
        help_text=gettext_lazy(
            "Par exemple : lundi 1h30 animation Table Matanie. Vingt lignes au plus à la fois."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=6000,
    )

    def clean_sentences(self) -> list[str]:
        lines = [line.strip()[:500] for line in self.cleaned_data["sentences"].splitlines()]
        kept = [line for line in lines if line]
        if len(kept) > MOST_LINES:
            raise forms.ValidationError(
                _("Vingt lignes au plus à la fois : notez-les en deux fois.")
            )
        return kept


MOST_LINES = 20
