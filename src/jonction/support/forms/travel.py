"""What a person types about the ways between territories: minutes, or nothing when unknown."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from jonction.core.durations import MinutesField
from jonction.core.versions import CarriesVersion
from jonction.engines.matching.problem import Rules
from jonction.governance.models import AllianceTerritory
from jonction.support.models import TravelTimes
from jonction.support.models.travel import LONGEST
from jonction.support.queries.travel import Way

FARTHEST = Rules().farthest  # what the rounds of this house count with


class TravelForm(CarriesVersion):
    """One field for each pair of territories, under the first of the two.

    From one territory, `base`, only its own ways are asked; the others stay as they are written.
    """

    def __init__(
        self,
        *args: Any,
        thing: TravelTimes,
        ways: list[Way],
        base: AllianceTerritory | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        self.base = base
        self.ways = [way for way in ways if base is None or way.touches(base)]
        self.others = {way.key: way.minutes for way in ways if base and not way.touches(base)}
        for way in self.ways:
            self.fields[_name(way)] = MinutesField(
                label=way.other_end(base).name if base else way.name,
                most=LONGEST,
                required=False,
                initial=way.minutes,
                help_text=_too_far(way),
            )

    def groups(self) -> list[tuple[AllianceTerritory, list[forms.BoundField]]]:
        """Return each territory with the fields of the ways that leave from it."""
        found: dict[AllianceTerritory, list[forms.BoundField]] = {}
        for way in self.ways:
            found.setdefault(self.base or way.one, []).append(self[_name(way)])
        return list(found.items())

    def changes(self) -> dict[str, Any]:
        said = self.others | {way.key: self.cleaned_data[_name(way)] for way in self.ways}
        return {"minutes": {key: n for key, n in said.items() if n is not None}}

    def _tell(self, read: int) -> None:
        """Say also, beside each field, what is written now where it is not what was typed."""
        super()._tell(read)
        for way in self.ways:
            name = _name(way)
            if name in self.cleaned_data and self.cleaned_data[name] != way.minutes:
                written = _("rien") if way.minutes is None else _("{n} min").format(n=way.minutes)
                self.add_error(name, _("Inscrit maintenant : {what}.").format(what=written))


def _name(way: Way) -> str:
    return f"way_{way.key}"


def _too_far(way: Way) -> str:
    if way.minutes is None or way.minutes <= FARTHEST:
        return ""
    return _("Plus de {n} min : le jumelage ne propose personne de l’un à l’autre.").format(
        n=FARTHEST
    )
