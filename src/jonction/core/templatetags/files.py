"""What a page says of the files that it takes."""

from django import template

from jonction.core.files import ACCEPT

register = template.Library()


@register.simple_tag
def accepted_files() -> str:
    return ACCEPT
