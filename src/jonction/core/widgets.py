"""Controls of forms that Django draws too slowly for a list."""

from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe


class Choices(forms.Select):
    """A list of choices, without groups, written at once.

    Django reads two templates for each option: a hundred of them were half of a page.
    """

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002 - no template is read
    ) -> SafeString:
        chosen = {str(one) for one in self.format_value(value)}
        options = "".join(
            f'<option value="{escape(str(code))}"{" selected" * (str(code) in chosen)}>'
            f"{escape(str(label))}</option>"
            for code, label in self.choices
        )
        every = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return mark_safe(f"<select{every}>{options}</select>")  # noqa: S308 - escaped above
