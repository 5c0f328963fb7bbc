"""How a form field looks, everywhere: one renderer, one field template."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws fields with templates/components/field.html: label, hint, error, then the control."""

    field_template_name = "components/field.html"
    form_template_name = "components/form.html"
