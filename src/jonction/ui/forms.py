"""How every form is drawn."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Draw fields with our templates: label, help and error tied to the control."""

    field_template_name = "forms/field.html"
    form_template_name = "forms/form.html"
