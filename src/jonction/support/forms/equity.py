"""What a person asks of equity: a period, a what-if, a method."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.core.taxonomy import StartingFactor
from jonction.engines.claims import LARGE_FROM, SMALL_UNDER
from jonction.support.equity_method import FEWEST_CONTRIBUTORS, POPULATION, TARGET
from jonction.support.forms.fields import weekly_hours
from jonction.support.models import EquityMethod
from jonction.territories.models import Indicator

HEAVIEST = 10
LARGEST = 100_000_000


class WhatIfForm(forms.Form):
    territoire = forms.TypedChoiceField(
        label=gettext_lazy("Si l’on ajoutait à"), coerce=int, choices=()
    )
    heures = weekly_hours()

    def __init__(self, *args: Any, territories: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "si_%s", **kwargs})
        self.fields["territoire"].choices = territories  # type: ignore[attr-defined]


class MethodForm(forms.Form):
    """The weights, one field per figure and per factor."""

    figures_percent = forms.IntegerField(
        label=gettext_lazy("Poids des chiffres, sur 100"),
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("Le reste va à l’appréciation des gens d’ici."),
    )
    size = forms.ChoiceField(
        label=gettext_lazy("Ce qui mesure la taille d’un territoire"), required=False
    )
    target = forms.DecimalField(
        label=gettext_lazy("T de Theil à ne pas dépasser"),
        min_value=0,
        max_value=5,
        decimal_places=3,
        help_text=gettext_lazy("Le plus petit transfert est calculé pour revenir à ce seuil."),
    )
    fewest_contributors = forms.IntegerField(
        label=gettext_lazy(
            "Ressources accompagnatrices, au moins, pour qu’un territoire soit "
            "montré hors de l’Alliance"
        ),
        min_value=2,
        max_value=20,
    )
    small_under = forms.IntegerField(
        label=gettext_lazy("Petit organisme : moins de tant de dollars de budget annuel"),
        min_value=1,
        max_value=LARGEST,
    )
    large_from = forms.IntegerField(
        label=gettext_lazy("Grand organisme : tant de dollars de budget annuel, ou plus"),
        min_value=1,
        max_value=LARGEST,
    )
    reason = forms.CharField(label=gettext_lazy("Pourquoi ce choix"), max_length=300)

    def __init__(
        self,
        *args: Any,
        method: EquityMethod | None,
        indicators: Sequence[Indicator],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        sizes = [i for i in indicators if i.is_count]
        self.fields["size"].choices = [  # type: ignore[attr-defined]
            ("", _("rien : tous les territoires comptent autant")),
            *((i.code, i.name) for i in sizes),
        ]
        self.fields["figures_percent"].initial = method.figures_percent if method else 50
        self.fields["size"].initial = method.size if method else POPULATION
        self.fields["target"].initial = method.target if method else TARGET
        fewest = method.fewest_contributors if method else FEWEST_CONTRIBUTORS
        self.fields["fewest_contributors"].initial = fewest
        self.fields["small_under"].initial = method.small_under if method else SMALL_UNDER
        self.fields["large_from"].initial = method.large_from if method else LARGE_FROM
        counted = [i for i in indicators if i.direction != Indicator.Direction.SIZE]
        self.weighed = {
            "indicators": {i.code: i.name for i in counted},
            "factors": {code: str(label).capitalize() for code, label in StartingFactor.choices},
        }
        for kind, names in self.weighed.items():
            known = getattr(method, kind) if method else {}
            for code, name in names.items():
                usual = known.get(code, 0) if method else 1
                self.fields[f"{kind}_{code}"] = forms.IntegerField(
                    label=_("Poids : {name}").format(name=name),
                    min_value=0,
                    max_value=HEAVIEST,
                    initial=usual,
                )
        self.order_fields(
            ["figures_percent", *self._weights("indicators"), *self._weights("factors")]
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        said = self.cleaned_data
        if self.errors:
            return said
        if said["large_from"] < said["small_under"]:
            sentence = _("Un grand organisme commence où finit le petit, ou après.")
            self.add_error("large_from", sentence)
        percent = said["figures_percent"]
        if percent and not any(said[name] for name in self._weights("indicators")):
            self.add_error("figures_percent", _("Les chiffres comptent, mais aucun n’a de poids."))
        if percent < 100 and not any(said[n] for n in self._weights("factors")):  # noqa: PLR2004
            sentence = _("L’appréciation compte, mais aucun facteur n’a de poids.")
            self.add_error("figures_percent", sentence)
        return said

    def facts(self) -> dict[str, Any]:
        """Return what the action takes: the weights by code."""
        said = self.cleaned_data
        names = ["figures_percent", "size", "target", "fewest_contributors", "reason"]
        names += ["small_under", "large_from"]
        return {
            **{name: said[name] for name in names},
            **{
                kind: {code: said[f"{kind}_{code}"] for code in codes}
                for kind, codes in self.weighed.items()
            },
        }

    def _weights(self, kind: str) -> list[str]:
        return [f"{kind}_{code}" for code in self.weighed[kind]]
