"""Fields for what browsers send and Django alone would fail on: files, rows chosen."""

from typing import Any

from django import forms

from jonction.core.files import ACCEPT, check_file
from jonction.core.verdicts import Refused

LONGEST_KEY = 18  # digits, so that it fits in 64 bits


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several rows among those offered; a number that no database holds is one more wrong choice."""

    def clean(self, value: Any) -> Any:
        for chosen in value or ():
            if len(str(chosen)) > LONGEST_KEY:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    params={"value": str(chosen)[:LONGEST_KEY]},
                )
        return super().clean(value)


class AttachmentField(forms.FileField):
    """A file of a kind we keep; what is wrong with it is said under the field."""

    def __init__(self, **options: Any) -> None:
        widget = forms.ClearableFileInput(attrs={"accept": ACCEPT})
        # emptiness is said by check_file, with the other reasons
        super().__init__(widget=widget, allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload:
            try:
                check_file(upload)
            except Refused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return upload
