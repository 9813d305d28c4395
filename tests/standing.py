"""Pages that most tests begin with, built once and left standing between tests that ask for them.

A ward in two languages takes a second to build: its pages are copied, translated, published and indexed. Each such
fixture is a layer in a transaction of its own that stays open around the tests that follow; a test runs in a savepoint
above, is rolled back to it as ever, and fetches the pages anew. Layers go as soon as a test comes that does not ask for
them by the same fixtures, or that commits for good: no test meets what it did not ask for.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation
from wagtail.models import Page, Site


@dataclass(frozen=True, slots=True)
class Layer:
    """`build` makes it, of what the layer below has built; `fetch` reads what `build` returned once more."""

    name: str
    build: Callable[..., Any]
    fetch: Callable[[Any], Any]
    on: "Layer | None" = None

    def chain(self) -> list["Layer"]:
        return [*(self.on.chain() if self.on else []), self]


@dataclass
class Standing:
    """The layers that stand now, lowest first, and what each of them built."""

    built: dict[str, Any] = field(default_factory=dict)
    _open: list[tuple[Layer, ExitStack]] = field(default_factory=list)

    def prepare(self, wanted: list[Layer]) -> None:
        """Take down what is not wanted, and put up what is."""
        kept = 0
        while kept < min(len(self._open), len(wanted)) and self._open[kept][0] is wanted[kept]:
            kept += 1
        while len(self._open) > kept:
            self._take_down()
        for layer in wanted[kept:]:
            self._put_up(layer)

    def _put_up(self, layer: Layer) -> None:
        stack = ExitStack()
        atomic = transaction.atomic()
        stack.enter_context(atomic)
        stack.callback(transaction.set_rollback, True)
        self._open.append((layer, stack))
        try:
            # Nobody has asked for a language yet, and what a rolled back site has left in memory leads nowhere.
            with translation.override(settings.LANGUAGE_CODE):
                Site.clear_site_root_paths_cache()
                self.built[layer.name] = layer.build(*([self.built[layer.on.name]] if layer.on else []))
        except BaseException:
            self._take_down()
            raise

    def _take_down(self) -> None:
        layer, stack = self._open.pop()
        self.built.pop(layer.name, None)
        stack.close()


def fetch_page(page: Page) -> Page:
    return type(page).objects.get(pk=page.pk)


STANDING = Standing()
_LAYERS: dict[Callable[..., Any], Layer] = {}


def standing(layer: Layer) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a fixture's function as one whose pages a layer holds; put below `pytest.fixture`."""

    def marked(function: Callable[..., Any]) -> Callable[..., Any]:
        _LAYERS[function] = layer
        return function

    return marked


def pages_of(layer: Layer, *below: Any) -> Any:
    """Return what a layer built, read anew where it stands; build it for this test alone where it does not."""
    return layer.fetch(STANDING.built[layer.name]) if layer.name in STANDING.built else layer.build(*below)


def prepare_for(request: pytest.FixtureRequest) -> None:
    """Called before the database is opened for a test."""
    with request.getfixturevalue("django_db_blocker").unblock():
        STANDING.prepare(_wanted(request.node))


def _wanted(item: pytest.Item) -> list[Layer]:
    if _commits(item):
        return []
    fixtures = item._fixtureinfo.name2fixturedefs.values()  # no public way tells a test's fixtures before they run
    chains = [_LAYERS[found[-1].func].chain() for found in fixtures if found[-1].func in _LAYERS]
    return max(chains, key=len, default=[])


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(commits or (marker and marker.kwargs.get("transaction")))
