"""How forms are drawn."""

from html import escape
from typing import Any

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

# the controls that Django draws from the one same template, under these names
INPUTS = {
    f"django/forms/widgets/{kind}.html"
    for kind in ("date", "email", "hidden", "input", "number", "password", "tel", "text", "time")
}


class FormRenderer(TemplatesSetting):
    """Draw fields with our templates: label, help and error tied to the control.

    A control of one tag is written at once: its two templates were a tenth of a list.
    """

    field_template_name = "forms/field.html"
    form_template_name = "forms/form.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        # a browser cuts what is pasted at the longest allowed, without a word: the server tells it,
        # and the whole text stays there to be shortened
        if widget := context.get("widget"):
            widget["attrs"].pop("maxlength", None)
        if template_name in INPUTS:
            return _input(context["widget"])
        return super().render(template_name, context, request)


def field_group(field: BoundField) -> SafeString:
    """Write a field: its label, its help and its errors around its control.

    Not by a template: a list has eight of them, and each took a sixth of a millisecond.
    """
    control, label, kind = str(field), conditional_escape(field.label), field.widget_type
    named = f'<label for="{escape(field.id_for_label)}">{label}</label>'
    tag, attrs, first = "div", ' class="field"', named
    if field.use_fieldset:
        said = field.aria_describedby
        described = f' aria-describedby="{escape(said)}"' if said else ""
        tag, attrs, first = "fieldset", f' class="field"{described}', f"<legend>{label}</legend>"
    elif kind == "checkbox":
        attrs, first, control = ' class="field check"', f"{control} {named}", ""
    around = first
    if field.help_text:
        words = conditional_escape(field.help_text)
        around += f'<p class="help" id="{escape(field.auto_id)}_helptext">{words}</p>'
    if field.errors:
        around += str(field.errors)
    return mark_safe(f"<{tag}{attrs}>{around}{control}</{tag}>\n")  # noqa: S308 - escaped


def _input(widget: dict[str, Any]) -> SafeString:
    """Write one control, without the placeholder by which a library repeats its label: it goes away
    as one types, and passes for what was typed."""
    attrs = {name: value for name, value in widget["attrs"].items() if name != "placeholder"}
    value = {} if widget["value"] is None else {"value": widget["value"]}
    facts = {"type": widget["type"], "name": widget["name"], **value}
    said = "".join(f' {name}="{escape(str(fact))}"' for name, fact in facts.items())
    return mark_safe(f"<input{said}{flatatt(attrs)}>")  # noqa: S308 - escaped
