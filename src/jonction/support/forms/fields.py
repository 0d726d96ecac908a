"""Fields of support: durations as people write them, places in the space, days in order."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.core.durations import QuartersField
from jonction.core.editing import day_field
from jonction.core.taxonomy import Dimension, Level, Mode, Posture, Stage
from jonction.cycle.models import Process
from jonction.cycle.rules import near_plan

QUARTERS_PER_DAY = 96
QUARTERS_PER_WEEK = 240  # 60 h: more is a mistake of typing, never a mandate


def weekly_hours(**kwargs: Any) -> QuartersField:
    said: dict[str, Any] = {
        "label": gettext_lazy("Heures par semaine"),
        "help_text": gettext_lazy("Par exemple 3,5 ou 2h30."),
        "too_long": gettext_lazy("C’est plus de 60 heures par semaine : vérifiez."),
    }
    return QuartersField(most=QUARTERS_PER_WEEK, **said | kwargs)


def near_the_plan(form: forms.Form, process: Process | None) -> dict[str, Any]:
    """Refuse a day far from the plan of the process: its year is a slip of the keyboard."""
    for name in ("starts_on", "ends_on"):
        day = form.cleaned_data.get(name)
        if process and day and not (near := near_plan(process, day)):
            form.add_error(name, near.reason)
    return form.cleaned_data


class InOrder(forms.Form):
    """A period: the end is not before the start."""

    starts_on = day_field(gettext_lazy("Du"))
    ends_on = day_field(gettext_lazy("Au"))

    def clean_ends_on(self) -> date:
        ends_on: date = self.cleaned_data["ends_on"]
        starts_on = self.cleaned_data.get("starts_on")
        if starts_on and ends_on < starts_on:
            raise ValidationError(_("La fin vient avant le début : vérifiez les deux dates."))
        return ends_on


class PlacedForm(InOrder):
    """What is placed in the space of support (S4)."""

    level = forms.ChoiceField(label=gettext_lazy("Niveau"), choices=Level)
    stages = forms.MultipleChoiceField(
        label=gettext_lazy("Étapes"), choices=Stage, widget=forms.CheckboxSelectMultiple
    )
    dimensions = forms.MultipleChoiceField(
        label=gettext_lazy("Dimensions"), choices=Dimension, widget=forms.CheckboxSelectMultiple
    )
    mode = forms.ChoiceField(label=gettext_lazy("Mode"), choices=Mode)
    posture = forms.ChoiceField(
        label=gettext_lazy("Posture"),
        choices=Posture,
        initial=Posture.SUPPORT,
        required=False,
        help_text=gettext_lazy("Accompagner n’est pas coordonner : les deux sont comptés à part."),
    )
    quarters_per_week = weekly_hours()

    def clean_posture(self) -> str:
        return self.cleaned_data["posture"] or Posture.SUPPORT.value

    def clean(self) -> dict[str, Any]:
        super().clean()
        return near_the_plan(self, self.cleaned_data.get("process"))
