"""The field of public forms that no person sees (base/unseen_field.py)."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wardmark.base.unseen_field import UNSEEN_FIELD

register = template.Library()


@register.simple_tag
def unseen_field() -> SafeString:
    return format_html('<div hidden><input type="text" name="{}" autocomplete="off" tabindex="-1"></div>', UNSEEN_FIELD)
