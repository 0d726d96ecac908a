"""What a person types in a hand-over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jonction.core.editing import day_field
from jonction.core.versions import VersionedForm
from jonction.support.models import HandOver

MORE_ROWS = 3


class HandOverForm(VersionedForm):
    class Meta:
        model = HandOver
        fields = [
            "successor",
            "stages",
            "ahead",
            "documents",
            "sensitive",
            "is_sensitive_shared",
        ]
        widgets = {name: forms.Textarea(attrs={"rows": 6}) for name in ("stages", "ahead")} | {
            name: forms.Textarea(attrs={"rows": 4}) for name in ("documents", "sensitive")
        }

    def __init__(self, *args: Any, successors: Any, reads_sensitive: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = successors  # type: ignore[attr-defined]
        if not reads_sensitive:
            del self.fields["sensitive"], self.fields["is_sensitive_shared"]


class ContactForm(forms.Form):
    name = forms.CharField(label=_("Nom"), max_length=150, required=False)
    quality = forms.CharField(label=_("Qui est-ce"), max_length=200, required=False)
    reach = forms.CharField(label=_("Comment la joindre"), max_length=200, required=False)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = (self.add_prefix("quality"), self.add_prefix("reach"))
        if not name and any(self.data.get(other, "").strip() for other in others):
            raise forms.ValidationError(_("Écrivez le nom, ou videz cette ligne."))
        return name


class PromiseForm(forms.Form):
    text = forms.CharField(label=_("Promesse"), max_length=500, required=False)
    since = day_field(_("Depuis le"), required=False)


class FollowForm(forms.Form):
    follow_up = forms.CharField(
        label=_("Ce qui manquait"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Laissez vide si rien ne manquait."),
    )


# no more rows are read than are kept, whatever the count sent says
AT_MOST: Any = {"max_num": 60, "absolute_max": 60, "validate_max": True}
ContactRows = forms.formset_factory(ContactForm, extra=MORE_ROWS, **AT_MOST)
PromiseRows = forms.formset_factory(PromiseForm, extra=MORE_ROWS, **AT_MOST)


def filled(rows: Any, name: str) -> list[dict[str, Any]]:
    """Return the rows that say something: one whose `name` was emptied is taken away."""
    return [row.cleaned_data for row in rows if row.cleaned_data.get(name)]
