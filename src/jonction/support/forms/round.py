"""What a person types about a round: the question, and what is chosen instead of a proposal."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.core.editing import day_field
from jonction.core.once import number_field
from jonction.support.forms.fields import InOrder, near_the_plan, weekly_hours
from jonction.support.models import MatchingRound, Proposal, Resource

YEAR = timedelta(weeks=52)
WEIGHTS = ("skills", "affinity", "continuity", "travel")


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]
    once = number_field()
    since = day_field(gettext_lazy("Besoins qui courent du"))
    until = day_field(gettext_lazy("Au"))

    class Meta:
        model = MatchingRound
        fields = ("which", "since", "until", *WEIGHTS, "team")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = localdate()
        self.fields["since"].initial, self.fields["until"].initial = today, today + YEAR
        for name in WEIGHTS:
            what = str(self.fields[name].label)
            self.fields[name].label = _("Poids : {what}").format(what=what[0].lower() + what[1:])

    def clean(self) -> dict[str, Any]:
        super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < max(since, localdate()):
            raise ValidationError(
                {"until": _("La fin vient avant le début, ou avant aujourd’hui.")}
            )
        return self.cleaned_data


class ShownForm(forms.Form):
    """Which of the proposals to show."""

    territoire = forms.ChoiceField(label=gettext_lazy("Territoire"), required=False)
    etat = forms.ChoiceField(label=gettext_lazy("État"), required=False)

    def __init__(self, *args: Any, shares: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "montrer_%s", **kwargs})
        every = [("", _("Tous"))]
        places = [(share.pk, capfirst(share.name)) for share in shares]
        self.fields["territoire"].choices = every + places  # type: ignore[attr-defined]
        states = [(code, capfirst(str(label))) for code, label in Proposal.Status.choices]
        self.fields["etat"].choices = every + states  # type: ignore[attr-defined]


class RefusalForm(forms.Form):
    word = forms.CharField(
        label=gettext_lazy("Raison"),
        max_length=300,
        help_text=gettext_lazy("Elle reste écrite à côté de la proposition."),
    )


class ChangeForm(InOrder):
    resource = forms.ModelChoiceField(
        label=gettext_lazy("Ressource"), queryset=Resource.objects.none()
    )
    quarters_per_week = weekly_hours()
    word = forms.CharField(label=gettext_lazy("Raison"), max_length=300, required=False)

    field_order = ["resource", "quarters_per_week", "starts_on", "ends_on", "word"]

    def __init__(self, *args: Any, proposal: Proposal, resources: Any, **kwargs: Any) -> None:
        initial = {
            "resource": proposal.resource_id,
            "quarters_per_week": proposal.quarters_per_week,
            "starts_on": max(proposal.starts_on, localdate()),
            "ends_on": proposal.ends_on,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.process = proposal.need.process
        self.fields["resource"].queryset = resources  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Hold the mandate to the plan, as when it is proposed without a round."""
        super().clean()
        return near_the_plan(self, self.process)
