"""The weights that an Alliance gives to its criteria, to try or to choose."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.support.intake import CRITERIA
from jonction.support.models import IntakeMethod, Need

HEAVIEST, LONGEST = 10, 365


class WeightsForm(forms.Form):
    """The weights alone: trying them writes nothing."""

    def __init__(self, *args: Any, method: IntakeMethod, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in CRITERIA.items():
            self.fields[f"weight_{code}"] = forms.IntegerField(
                label=str(name).capitalize(),
                min_value=0,
                max_value=HEAVIEST,
                initial=method.weights.get(code, 0),
            )

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors and not any(self.weights().values()):
            self.add_error(None, _("Au moins un critère doit peser."))
        return self.cleaned_data

    def weight_fields(self) -> list[forms.BoundField]:
        return [self[f"weight_{code}"] for code in CRITERIA]

    def weights(self) -> dict[str, int]:
        return {code: self.cleaned_data[f"weight_{code}"] for code in CRITERIA}


class IntakeForm(WeightsForm):
    path = forms.ChoiceField(label=gettext_lazy("Cheminement"), choices=IntakeMethod.Path)
    reason = forms.CharField(label=gettext_lazy("Pourquoi ce choix"), max_length=300)

    def __init__(self, *args: Any, method: IntakeMethod, **kwargs: Any) -> None:
        super().__init__(*args, method=method, **kwargs)
        self.fields["path"].initial = method.path
        for code, days in method.limits.items():
            self.fields[f"limit_{code}"] = forms.IntegerField(
                label=str(Need.Status(code).label).capitalize(),
                min_value=1,
                max_value=LONGEST,
                initial=days,
            )
        self.states = list(method.limits)

    def limit_fields(self) -> list[forms.BoundField]:
        return [self[f"limit_{code}"] for code in self.states]

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        said = self.cleaned_data
        limits = {code: said[f"limit_{code}"] for code in self.states}
        return {
            "path": said["path"],
            "weights": self.weights(),
            "limits": limits,
            "reason": said["reason"],
        }
