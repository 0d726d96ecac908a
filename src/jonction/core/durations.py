"""The fields in which people write a duration as they say it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jonction.core.typography import figure
from jonction.engines.reading import (
    NotADuration,
    NotANumber,
    read_decimal,
    read_minutes,
    read_quarters,
)


class QuartersField(forms.CharField):
    """A duration as people write it; its value is in quarter hours."""

    def __init__(
        self, *args: Any, most: int, too_long: Any, can_be_none: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, max_length=20, **kwargs)
        self.most, self.too_long, self.can_be_none = most, too_long, can_be_none

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if self.can_be_none and text == "0":
            return 0
        try:
            quarters = read_quarters(text)
        except NotADuration as error:
            raise ValidationError(self._what_is_wrong(text), params={"text": text}) from error
        if quarters > self.most:
            raise ValidationError(self.too_long)
        return quarters

    def _what_is_wrong(self, text: str) -> Any:
        """Say of a number why it is no duration; of other words, how durations are written."""
        try:
            number = read_decimal(text.rstrip("hH \u00a0\u202f"))
        except NotANumber:
            return _("« %(text)s » n’est pas une durée : écrivez par exemple 1h30, 1,5 ou 90 min.")
        return self.too_long if number > 0 else _("Écrivez une durée plus grande que zéro.")

    def prepare_value(self, value: Any) -> Any:
        """Print quarter hours as hours; what was typed stays as typed."""
        return figure(value / 4) if isinstance(value, int) else value


class MinutesField(forms.CharField):
    """A duration in whole minutes, or nothing when it is not known."""

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(*args, max_length=20, widget=widget, **kwargs)
        self.most = most

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            minutes = read_minutes(text)
        except NotADuration as error:
            raise ValidationError(
                _("« %(text)s » n’est pas un nombre de minutes : écrivez par exemple 75 ou 1h15."),
                params={"text": text},
            ) from error
        if not 1 <= minutes <= self.most:
            raise ValidationError(
                _("Écrivez de 1 à %(most)s minutes, ou rien si vous ne savez pas."),
                params={"most": self.most},
            )
        return minutes
