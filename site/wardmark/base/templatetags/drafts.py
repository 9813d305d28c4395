"""Keeping on the device what somebody types into a form: the part of a page that design/drafts.js reads."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.crypto import salted_hmac

register = template.Library()


@register.inclusion_tag("design/components/drafts.html", takes_context=True)
def keep_drafts(context: RequestContext) -> dict[str, Any]:
    """Let the forms of this page marked `data-keep` outlive a lost connection, for whoever is signed in alone."""
    user = context["request"].user
    # Another person on the same phone has another mark; who it is, the device cannot tell from it.
    mark = salted_hmac("drafts", str(user.pk)).hexdigest()[:16] if user.is_authenticated else ""
    return {"of": mark, "sign_out": reverse("accounts:sign_out")}
