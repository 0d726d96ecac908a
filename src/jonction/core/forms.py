"""The field by which people send a file."""

from typing import Any

from django import forms

from jonction.core.files import ACCEPT, check_file
from jonction.core.verdicts import Refused


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
