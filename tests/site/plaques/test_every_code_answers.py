"""Whatever happens to pages and plaques, in whatever order: each code ever issued answers as promised."""

import hypothesis
import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from wagtail.models import Locale, Page, PageViewRestriction, Site

from tests.factories import StandardPageFactory
from wardmark.base.models import HomePage, StandardPage
from wardmark.plaques.lifecycle import NotPossible, install, retire
from wardmark.plaques.linking import issue_blanks, issue_further, lead_elsewhere, link_blank, relink
from wardmark.plaques.models import Plaque, PlaqueState


class WardOverTheYears(RuleBasedStateMachine):
    """`home_id` is set by the test. What was promised is kept beside, in plain sets and dicts by code and by key."""

    home_id: int
    keys = Bundle("keys")
    codes = Bundle("codes")

    def __init__(self):
        super().__init__()
        self.changes = transaction.atomic()
        self.changes.__enter__()
        for cache in caches.all():
            cache.clear()
        Site.clear_site_root_paths_cache()
        self.client = Client()
        self.number = 0
        self.page_of: dict[str, object] = {}
        self.forwards: dict[str, object] = {}
        self.successors: dict[str, str | None] = {}
        self.led: dict[object, object] = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.changes.__exit__(None, None, None)

    @initialize(target=keys)
    def first_page(self):
        return self._new_page(self._home())

    def _home(self):
        return HomePage.objects.get(pk=self.home_id)

    def _new_page(self, parent):
        self.number += 1
        page = StandardPageFactory(parent=parent, title=f"Trang {self.number}")
        for plaque in Plaque.objects.of_page(page):
            self.page_of[plaque.code] = page.translation_key
        return page.translation_key

    def _pages(self, key):
        return list(StandardPage.objects.filter(translation_key=key).order_by("pk"))

    @rule(target=keys, parent=keys)
    def create_below(self, parent):
        pages = self._pages(parent)
        return self._new_page(pages[0] if pages else self._home())

    @rule(key=keys)
    def rename(self, key):
        for page in self._pages(key)[:1]:
            self.number += 1
            page.title, page.slug = f"Tên mới {self.number}", f"ten-moi-{self.number}"
            page.save_revision().publish()

    @rule(key=keys)
    def translate(self, key):
        english = Locale.objects.get(language_code="en")
        for page in self._pages(key)[:1]:
            if page.locale_id != english.pk and not page.has_translation(english):
                page.copy_for_translation(english, copy_parents=True).save_revision().publish()

    @rule(key=keys, target_key=keys)
    def move(self, key, target_key):
        for page, target in zip(self._pages(key)[:1], self._pages(target_key)[:1], strict=False):
            if not (target.pk == page.pk or target.is_descendant_of(page)) and target.locale_id == page.locale_id:
                page.move(target, pos="last-child")

    @rule(key=keys, index=st.integers(0, 1))
    def unpublish(self, key, index):
        for page in self._pages(key)[index : index + 1]:
            page.unpublish()

    @rule(key=keys, index=st.integers(0, 1))
    def publish(self, key, index):
        for page in self._pages(key)[index : index + 1]:
            page.save_revision().publish()

    @rule(key=keys)
    def close_to_strangers(self, key):
        for page in self._pages(key)[:1]:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    @rule(key=keys)
    def delete(self, key):
        self._delete_all(key)

    @rule(key=keys, target_key=keys)
    def merge_into(self, key, target_key):
        targets = self._pages(target_key)
        goes = set(Page.objects.filter(translation_key=key).values_list("pk", flat=True))
        above = {pk for target in targets for pk in target.get_ancestors(inclusive=True).values_list("pk", flat=True)}
        if not targets or above & goes:
            return
        plaques = list(Plaque.objects.filter(page_key=key))
        lead_elsewhere(plaques=plaques, page=targets[0], by=None)
        self.led[key] = target_key
        for plaque in plaques:
            self.forwards[plaque.code] = target_key
        self._delete_all(key)

    def _delete_all(self, key):
        while page := StandardPage.objects.filter(translation_key=key).first():
            page.delete()

    @rule(target=codes, key=keys)
    def the_primary_one(self, key):
        return next(code for code, page_key in self.page_of.items() if page_key == key)

    @rule(target=codes, key=keys)
    def further_plaque(self, key):
        for page in self._pages(key)[:1]:
            plaque = issue_further(page=page, by=None, label="cổng sau")
            self.page_of[plaque.code] = key
            return plaque.code
        return self.blank_plaque()

    @rule(target=codes)
    def blank_plaque(self):
        [plaque] = issue_blanks(count=1, by=None)
        self.page_of[plaque.code] = None
        return plaque.code

    @rule(code=codes, key=keys)
    def give_a_page(self, code, key):
        plaque = Plaque.objects.get(code=code)
        for page in self._pages(key)[:1]:
            try:
                link_blank(plaque=plaque, page=page, by=None)
            except NotPossible:
                if relink_is_done(plaque, page):
                    self.page_of[code] = key
                    self.forwards.pop(code, None)
            else:
                self.page_of[code] = key

    @rule(code=codes)
    def hang_up(self, code):
        plaque = Plaque.objects.get(code=code)
        try:
            install(plaque=plaque, by=None)
        except NotPossible:
            return
        self.successors.pop(code, None)

    @rule(code=codes, successor=codes, has_one=st.booleans())
    def retire(self, code, successor, has_one):
        plaque = Plaque.objects.get(code=code)
        replaced_by = Plaque.objects.get(code=successor) if has_one else None
        try:
            retire(plaque=plaque, by=None, why="Gỡ để thay biển mới", replaced_by=replaced_by)
        except NotPossible:
            return
        self.successors[code] = successor if has_one else None

    # ---- what was promised --------------------------------------------------------------------------------

    def _open_pages(self, key) -> list[Page]:
        closed = [restriction.page.path for restriction in PageViewRestriction.objects.select_related("page")]
        pages = list(Page.objects.filter(translation_key=key))
        written = [page for page in pages if page.alias_of_id is None] or pages
        return [page for page in written if page.live and not any(page.path.startswith(path) for path in closed)]

    def _promised(self, code, met=frozenset()) -> list[Page]:
        """The pages one of which the code must open; none where it must explain itself."""
        if code in met:
            return []
        met |= {code}
        if code in self.successors:
            successor = self.successors[code]
            return self._promised(successor, met) if successor else []
        pages = self._open_pages(self.page_of[code]) if self.page_of[code] else []
        if pages:
            return pages
        return self._where_led(self.forwards.get(code))

    def _where_led(self, key, met=frozenset()) -> list[Page]:
        """The open pages of a page to which others were led, else of the one to which it was led in its turn."""
        if key is None or key in met:
            return []
        return self._open_pages(key) or self._where_led(self.led.get(key), met | {key})

    @invariant()
    def every_code_answers_as_promised(self):
        for code in self.page_of:
            answer = self.client.get(f"/q/{code}")
            promised = self._promised(code)
            if not promised:
                assert answer.status_code == 200, code
                continue
            assert answer.status_code == 302, code
            assert answer["Location"] in {page.get_url() for page in promised}, code
            assert self.client.get(answer["Location"]).status_code == 200, code

    @invariant()
    def no_code_is_gone_or_given_twice(self):
        codes = list(Plaque.objects.values_list("code", flat=True))
        assert len(codes) == len(set(codes))
        assert self.page_of.keys() <= set(codes)


def relink_is_done(plaque, page) -> bool:
    """Lead a plaque to another page where that needs no second person; say whether it does so now."""
    if plaque.state != PlaqueState.PLANNED or plaque.printed_at or plaque.is_primary:
        return False
    try:
        return relink(plaque=plaque, page=page, by=None, why="Chuyển chỗ") is None
    except NotPossible:
        return False


@pytest.mark.parametrize("kept_for", [0, 300], ids=["made anew", "kept"])
def test_every_code_answers_whatever_happened(ward, settings, monkeypatch, kept_for):
    settings.PAGE_CACHE_SECONDS = kept_for
    # Nothing is ever committed here, so what waits for that happens at once.
    monkeypatch.setattr(transaction, "on_commit", lambda call, using=None, robust=False: call())
    WardOverTheYears.home_id = ward.homes["vi"].pk
    run_state_machine_as_test(
        WardOverTheYears,
        settings=hypothesis.settings(
            max_examples=15,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(hypothesis.HealthCheck),
            derandomize=True,
        ),
    )
