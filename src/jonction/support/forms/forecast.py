"""What a person types about a forecast: what is supposed, a day to plan back from, an argument."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.core.durations import QuartersField
from jonction.core.editing import day_field
from jonction.core.taxonomy import Stage
from jonction.core.versions import VersionedForm
from jonction.engines.forecast.backward import ODDS
from jonction.support.forms.fields import QUARTERS_PER_DAY
from jonction.support.models import Assumptions

LEAST, MOST = 10, 400


class PointsField(forms.CharField):
    """Three percentages in order: at best, usually, at worst."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        points = [int(number) for number in re.findall(r"\d+", text)]
        if len(points) != len(("least", "likely", "most")) or points != sorted(points):
            raise ValidationError(_("Écrivez trois nombres, du plus petit au plus grand."))
        if points[0] < LEAST or points[-1] > MOST:
            raise ValidationError(
                _("Chaque nombre est entre %(least)s et %(most)s.") % {"least": LEAST, "most": MOST}
            )
        return points

    def prepare_value(self, value: Any) -> Any:
        return " – ".join(map(str, value)) if isinstance(value, list) else value


def _hours(label: Any) -> QuartersField:
    too_long = gettext_lazy("C’est plus de 24 heures : vérifiez.")
    return QuartersField(label=label, most=QUARTERS_PER_DAY, too_long=too_long, can_be_none=True)


class AssumptionsForm(VersionedForm):
    meeting_quarters = _hours(gettext_lazy("Durée d’une rencontre, en heures"))
    preparation_quarters = _hours(gettext_lazy("Préparation d’une rencontre, en heures"))
    travel_quarters = _hours(gettext_lazy("Déplacement, aller et retour, en heures"))
    deadline_quarters = _hours(gettext_lazy("Travail avant une échéance, en heures"))

    class Meta:
        model = Assumptions
        fields = (
            "meeting_quarters",
            "preparation_quarters",
            "travel_quarters",
            "deadline_quarters",
            "most_meetings",
            "most_minutes",
            "alone_percent",
            "least_history",
            "coordination_percent",
            "thin_percent",
            "heavy_percent",
            "least_hours",
        )

    def __init__(self, *args: Any, thing: Assumptions, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        for code, label in Stage.choices:
            self.fields[f"points_{code}"] = PointsField(
                label=capfirst(label),
                max_length=30,
                initial=thing.points[code],
                help_text=_("En % de la durée prévue : au mieux, d’habitude, au pire."),
            )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        thin, heavy = said.get("thin_percent"), said.get("heavy_percent")
        if thin and heavy and thin >= heavy:
            self.add_error("thin_percent", _("La part mince est plus petite que la part lourde."))
        return said

    def changes(self) -> dict[str, Any]:
        points = {code: self.cleaned_data[f"points_{code}"] for code in Stage.values}
        return {**super().changes(), "points": points}


def odds_choices() -> list[tuple[int, str]]:
    tenths = [(n, _("{n} chances sur 10").format(n=n // 10)) for n in ODDS if n % 10 == 0]
    return [*tenths, (95, _("19 chances sur 20"))]


class BackwardForm(forms.Form):
    """From a day given by somebody else, back to the latest day to begin."""

    stage = forms.ChoiceField(label=gettext_lazy("Ce qui doit être fini"))
    by = day_field(gettext_lazy("Au plus tard le"))
    odds = forms.TypedChoiceField(
        label=gettext_lazy("Avec"), coerce=int, initial=80, choices=odds_choices
    )

    def __init__(self, *args: Any, stages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["stage"]
        field.choices = [(code, capfirst(str(Stage(code).label))) for code in stages]


class ArgumentForm(forms.Form):
    """The words of the argument: the figures are those of the forecast and are not typed."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=150)
    recipient = forms.CharField(
        label=gettext_lazy("À qui vous écrivez"), max_length=150, required=False
    )
    text = forms.CharField(
        label=gettext_lazy("Texte"),
        max_length=1800,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy(
            "Une ligne vide sépare deux paragraphes ; le tout tient en une page."
        ),
    )
    signature = forms.CharField(label=gettext_lazy("Qui signe"), max_length=150, required=False)
