"""Answering in the visitor's language under addresses that carry none."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation


def in_language(
    request: HttpRequest, language: str, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a template in that language and say so in the answer's head."""
    with translation.override(language):
        response = render(request, template, context, status=status)
    response.headers["Content-Language"] = language
    return response
