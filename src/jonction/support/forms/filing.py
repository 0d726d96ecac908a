"""What a person answers, in plain words, to what the funder asks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.core.editing import day_field
from jonction.core.versions import CarriesVersion
from jonction.cycle.models import Question
from jonction.support.models import Filing

LONGEST_ANSWER = 10_000


class AnswersForm(CarriesVersion):
    """One plain question by heading of the official document."""

    def __init__(
        self, *args: Any, thing: Filing, questions: Iterable[Question], **kwargs: Any
    ) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        self.headings = {f"q{question.pk}": question.heading for question in questions}
        for question in questions:
            self.fields[f"q{question.pk}"] = forms.CharField(
                label=question.text,
                help_text=question.help,
                required=False,
                max_length=LONGEST_ANSWER,
                initial=thing.answers.get(question.heading, ""),
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            # what is pasted is never cut without a word: the page says that it is too long
            del self.fields[f"q{question.pk}"].widget.attrs["maxlength"]

    def answers(self) -> dict[str, str]:
        """Return what was answered, by heading, with what an edition of the questions left aside."""
        said = {heading: self.cleaned_data[name] for name, heading in self.headings.items()}
        return {**self.thing.answers, **said}


class GivenForm(forms.Form):
    on = day_field(gettext_lazy("Remis le"), initial=localdate)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > localdate():
            raise ValidationError(_("Cette date est dans l’avenir."))
        return on


class ReturnForm(forms.Form):
    word = forms.CharField(label=gettext_lazy("Pourquoi il revient"), max_length=300)
