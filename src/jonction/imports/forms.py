"""What a person types about an import."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jonction.imports.readers import Reader, Unknown


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("CSV, Excel (.xlsx) ou LibreOffice (.ods), 20 Mo au plus."),
        error_messages={"empty": _("Ce fichier est vide.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.LARGEST_IMPORT:
            raise forms.ValidationError(
                _("Ce fichier pèse %(size)s Mo ; la limite est de 20 Mo. Coupez-le en morceaux."),
                params={"size": file.size // 1_000_000},
            )
        return file


class RowForm(forms.Form):
    """The cells of one row, to correct."""

    def __init__(self, *args: Any, reader: Reader, cells: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in reader.columns:
            if column.code in cells:
                self.fields[column.code] = forms.CharField(
                    label=column.label,
                    initial=cells[column.code],
                    required=False,
                    max_length=1000,
                )


class NamesForm(forms.Form):
    """For each unknown name, what it is; left empty, its rows stay refused."""

    def __init__(self, *args: Any, unknown: list[Unknown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unknown = unknown
        for rank, name in enumerate(unknown):
            choices = [(c.target, c.label) for c in name.candidates]
            self.fields[f"name{rank}"] = forms.ChoiceField(
                label=name.text,
                choices=[("", _("je ne sais pas : laisser de côté")), *choices],
                initial=name.likely,
                required=False,
            )

    def chosen(self) -> dict[str, int]:
        """Return what each name was said to be."""
        answers = ((n.text, self.cleaned_data[f"name{i}"]) for i, n in enumerate(self.unknown))
        return {text: int(answer) for text, answer in answers if answer}
