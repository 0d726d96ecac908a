"""Fields for organisations, as people write them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jonction.governance.models import Organisation
from jonction.governance.queries import organisation_written


def _named(organisation: Organisation) -> str:
    return f"{organisation.name} ({organisation.neq})" if organisation.neq else organisation.name


def _resolve(text: str) -> Organisation:
    found = organisation_written(text)
    if found is None:
        raise forms.ValidationError(
            _(
                "Aucun organisme n’est reconnu sous « %(text)s » : écrivez son nom entier ou son NEQ."
            ),
            params={"text": text},
        )
    return found


class OrganisationField(forms.CharField):
    """An organisation as people write it: thousands of them do not fit a menu."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"help_text": _("Nom entier ou NEQ."), "max_length": 220, **options})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return _named(Organisation.objects.get(pk=value))
        return value

    def clean(self, value: Any) -> Organisation | None:
        text = super().clean(value)
        return _resolve(text) if text else None


class OrganisationsField(forms.CharField):
    """Several organisations, one per line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(_named(organisation) for organisation in value)
        return value

    def clean(self, value: Any) -> list[Organisation]:
        lines = (line.strip() for line in super().clean(value).splitlines())
        return [_resolve(line) for line in lines if line]
