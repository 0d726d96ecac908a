"""The look: base templates, components, style, template tags; no model."""
