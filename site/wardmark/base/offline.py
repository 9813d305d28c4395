"""What stays on a visitor's device for when there is no connection: the worker behind the pages, and its list."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override

from wardmark.base.languages import content_languages
from wardmark.base.robots import noindex

WORKER, WORKER_OFF = "design/worker.js", "design/worker-off.js"
# What the list of kept pages is made of, so that it can be shown without a connection.
SHELL = (
    "design/site.css",
    "design/site.js",
    "design/print.js",
    "design/share.js",
    "design/suggest.js",
    "design/drafts.js",
    "design/keep.js",
    "design/kept.js",
    "design/kept-list.js",
    "design/icon.svg",
    "design/fonts/lora-latin-600-normal.woff2",
    "design/fonts/lora-vietnamese-600-normal.woff2",
)
# Addresses with a language that are one person's own.
NEVER_KEPT = ("accounts:sign_in", "accounts:sign_out", "portal:home")


def worker(request: HttpRequest) -> HttpResponse:
    """Send the service worker, or, while OFFLINE_READING is off, the one that takes it off every device again."""
    source = _source(WORKER) if settings.OFFLINE_READING else _source(WORKER_OFF)
    if settings.OFFLINE_READING:
        source = f"const SITE = {json.dumps(_site(source), ensure_ascii=False)};\n{source}"
    # Asked for at the root, it may stand behind every page; a browser compares it byte by byte with what it has.
    return HttpResponse(source, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@noindex
def kept(request: HttpRequest) -> HttpResponse:
    """Show the list of what is kept; its script fills it in, for only the device knows."""
    return render(request, "base/kept.html", {"kept_url": request.path})


def _source(name: str) -> str:
    return Path(finders.find(name)).read_text(encoding="utf-8")


def _site(source: str) -> dict[str, Any]:
    """Return what the worker must know of this site; `version` changes with anything it has to fetch anew."""
    languages = [code for code, _name in content_languages()]
    lists = {language: _in_language(language, "kept") for language in languages}
    files = [static(name) for name in SHELL]
    known = {
        "shell": [*lists.values(), *files],
        "lists": lists,
        "never": [_in_language(language, name) for language in languages for name in NEVER_KEPT],
        "files": [settings.STATIC_URL, *(settings.UPLOAD_ORIGINS or [settings.MEDIA_URL])],
    }
    told = json.dumps(known) + source
    return {"version": hashlib.sha256(told.encode()).hexdigest()[:12]} | known


def _in_language(language: str, name: str) -> str:
    with override(language):
        return reverse(name)
