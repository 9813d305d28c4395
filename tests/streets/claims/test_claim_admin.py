"""The officers' screens: letters in a batch, one tap, reasons; each for whoever may, and for nobody else."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from streets.claim_admin import urls as claim_urls
from streets.claims.printing import MOST_AT_ONCE
from streets.members import membership
from streets.models import (
    Claim,
    ClaimLetter,
    ClaimState,
    Dispute,
    MemberRole,
    OwnershipChange,
    OwnershipState,
    Shop,
)
from tests.factories import FoodVendorPageFactory, ShopPageFactory, StreetPageFactory
from tests.streets.claims.people import a_claim, a_letter, a_member, a_person
from tests.streets.claims.test_letter_pdf import symbols

pytestmark = pytest.mark.django_db
BULK = reverse("wagtail_bulk_action", args=["streets", "shop", "claim_letters"])


def address(name, *args) -> str:
    return reverse(f"claim_admin:{name}", args=args)


class TestLettersInABatch:
    def bulk(self, client, *shops, method="post", **query):
        asked = "&".join([*(f"id={shop.pk}" for shop in shops), *(f"{key}={value}" for key, value in query.items())])
        return getattr(client, method)(f"{BULK}?{asked}")

    def test_the_chosen_shops_get_a_page_each(self, editor_client, shop, street):
        other = FoodVendorPageFactory(parent=street, title="Quán Khác").shop
        assert self.bulk(editor_client, shop, other, method="get").status_code == 200
        assert not ClaimLetter.objects.exists()
        answer = self.bulk(editor_client, shop, other)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert "no-store" in answer.headers["Cache-Control"]
        assert len(symbols(answer.content)) == 2
        assert set(ClaimLetter.objects.values_list("shop", flat=True)) == {shop.pk, other.pk}

    def test_those_with_an_owner_or_in_dispute_are_named_and_left_out(self, editor_client, shop, street, owner):
        free, disputed = (ShopPageFactory(parent=street, title=f"Quán {n}").shop for n in (1, 2))
        Shop.objects.filter(pk=disputed.pk).update(disputed_since=timezone.now())
        shown = self.bulk(editor_client, shop, free, disputed, method="get")
        assert shown.context["to_print"] == [free]
        assert set(shown.context["left_out"]) == {shop, disputed}
        self.bulk(editor_client, shop, free, disputed)
        assert set(ClaimLetter.objects.values_list("shop", flat=True)) == {free.pk}

    def test_all_in_the_listing_means_those_the_filters_leave(self, editor_client, shop, street):
        other_street = StreetPageFactory(parent=street.get_parent(), title="Phố Khác")
        there = ShopPageFactory(parent=other_street).shop
        assert editor_client.post(f"{BULK}?id=all&street={other_street.pk}").status_code == 200
        assert set(ClaimLetter.objects.values_list("shop", flat=True)) == {there.pk}

    def test_too_many_are_refused_with_a_word_and_none_is_made(self, editor_client, shop):
        Shop.objects.bulk_create(Shop(page_key=f"{n:032x}", name=f"Quán {n}") for n in range(1, MOST_AT_ONCE + 1))
        shown = editor_client.get(f"{BULK}?id=all")
        assert shown.context["are_too_many"]
        assert f"{MOST_AT_ONCE}" in shown.content.decode()
        assert editor_client.post(f"{BULK}?id=all").status_code == 302
        assert not ClaimLetter.objects.exists()

    def test_a_shop_whose_page_one_may_not_edit_gets_none(self, client, editor, shop, street):
        mine = ShopPageFactory(parent=StreetPageFactory(parent=street.get_parent(), title="Phố Tôi"))
        only_there(editor, mine.get_parent())
        client.force_login(editor)
        self.bulk(client, shop, mine.shop)
        assert set(ClaimLetter.objects.values_list("shop", flat=True)) == {mine.shop.pk}

    def test_letters_cost_the_same_queries_for_the_list_however_many(
        self, editor_client, shop, street, django_assert_max_num_queries
    ):
        shops = [ShopPageFactory(parent=street, title=f"Quán {n}").shop for n in range(6)]
        self.bulk(editor_client, shop, method="get")
        with django_assert_max_num_queries(40):
            self.bulk(editor_client, *shops, method="get")


def only_there(editor, page) -> None:
    """Let the ward's editors edit nothing but this page and those under it."""
    GroupPagePermission.objects.filter(group__in=editor.groups.all()).update(page=page)


class TestOneShop:
    def test_its_letter_comes_as_a_file_and_is_cancelled_by_hand(self, editor_client, shop):
        answer = editor_client.post(address("print_letter", shop.pk))
        assert answer.headers["Content-Type"] == "application/pdf"
        letter = ClaimLetter.objects.get()
        assert letter.printed_serial in editor_client.get(address("shop", shop.pk)).content.decode()
        editor_client.post(address("cancel_letter", letter.pk))
        letter.refresh_from_db()
        assert letter.state == "cancelled"

    def test_a_letter_is_never_made_by_looking(self, editor_client, shop):
        assert editor_client.get(address("print_letter", shop.pk)).status_code == 405
        assert not ClaimLetter.objects.exists()

    def test_a_refusal_is_said_on_the_shops_screen(self, editor_client, shop):
        Shop.objects.filter(pk=shop.pk).update(disputed_since=timezone.now())
        answer = editor_client.post(address("print_letter", shop.pk), follow=True)
        assert answer.redirect_chain[-1][0] == address("shop", shop.pk)
        assert list(answer.context["messages"])


class TestClaims:
    def test_one_tap_confirms_a_claim_whose_number_was_proved(self, editor_client, shop, editor, person):
        claim = a_claim(shop, editor, person)
        shown = editor_client.get(address("index")).content.decode()
        assert address("confirm_at_once", claim.pk) in shown
        editor_client.post(address("confirm_at_once", claim.pk))
        assert membership(person, shop).role == MemberRole.OWNER

    def test_where_nothing_proved_the_number_the_officer_sees_it_first(self, editor_client, shop, editor, person):
        claim = a_claim(shop, editor, person, is_proved=False)
        listed = editor_client.get(address("index")).content.decode()
        assert address("confirm_at_once", claim.pk) not in listed
        assert "0900 000 001" not in listed
        answer = editor_client.post(address("confirm_at_once", claim.pk))
        assert answer.headers["Location"] == address("confirm", claim.pk)
        assert membership(person, shop) is None
        assert "0900 000 001" in editor_client.get(address("confirm", claim.pk)).content.decode()
        editor_client.post(address("confirm", claim.pk))
        assert membership(person, shop)

    def test_refusing_takes_a_reason_that_the_person_reads(self, editor_client, client, shop, editor, person):
        claim = a_claim(shop, editor, person)
        assert editor_client.post(address("refuse", claim.pk), {"why": ""}).status_code == 200
        assert Claim.objects.get().state == ClaimState.PENDING
        editor_client.post(address("refuse", claim.pk), {"why": "Chưa gặp được bạn tại quán"})
        client.force_login(person)
        shown = client.get(reverse("claims:waiting")).content.decode()
        assert "Chưa gặp được bạn tại quán" in shown
        assert 'data-claim="refused"' in shown

    def test_what_somebody_else_decided_meanwhile_is_said(self, editor_client, shop, editor, person):
        claim = a_claim(shop, editor, person)
        editor_client.post(address("confirm", claim.pk))
        answer = editor_client.post(address("refuse", claim.pk), {"why": "muộn"})
        assert answer.context["form"].non_field_errors()
        assert membership(person, shop)


class TestDisputesAndChanges:
    def test_a_dispute_is_opened_and_decided_on_its_screens(self, editor_client, shop, owner):
        editor_client.post(address("open_dispute", shop.pk), {"why": "Hai người cùng nhận"})
        dispute = Dispute.objects.get()
        assert (
            editor_client.post(address("close_dispute", dispute.pk), {"keeper": "99999", "why": "x"}).status_code == 200
        )
        editor_client.post(address("close_dispute", dispute.pk), {"keeper": owner.pk, "why": "Đúng chủ"})
        dispute.refresh_from_db()
        assert (dispute.is_open, dispute.keeper) == (False, owner)

    def test_who_would_take_a_shop_too_soon_reads_why_not(self, editor_client, shop, owner):
        editor_client.post(address("open_dispute", shop.pk), {"why": "x"})
        answer = editor_client.post(
            address("close_dispute", Dispute.objects.get().pk), {"keeper": "nobody", "why": "Không ai"}
        )
        assert answer.context["form"].non_field_errors()
        assert membership(owner, shop)

    def test_an_ownership_change_is_asked_for_by_one_officer_and_approved_by_another(
        self, editor_client, client, shop, owner, stranger, second_officer
    ):
        new = a_member(shop, stranger, MemberRole.STAFF)
        old = membership(owner, shop)
        form = {"old_owner": old.pk, "new_owner": new.pk}
        editor_client.post(address("ask_change", shop.pk), form)
        change = OwnershipChange.objects.get()
        answer = editor_client.post(address("approve_change", change.pk))
        assert answer.context["form"].non_field_errors()
        client.force_login(second_officer)
        client.post(address("approve_change", change.pk))
        change.refresh_from_db()
        assert change.approved_by == second_officer

    def test_members_of_another_shop_cannot_be_chosen(self, editor_client, shop, street, owner, stranger):
        other = ShopPageFactory(parent=street).shop
        foreign = a_member(other, stranger, MemberRole.STAFF)
        form = {"old_owner": membership(owner, shop).pk, "new_owner": foreign.pk}
        assert editor_client.post(address("ask_change", shop.pk), form).status_code == 200
        assert not OwnershipChange.objects.exists()

    def test_refused_it_stays_with_its_owner(self, editor_client, shop, owner, stranger):
        from streets.claims.ownership import ask

        new = a_member(shop, stranger, MemberRole.STAFF)
        change = ask(old_owner=membership(owner, shop), new_owner=new, by=owner, now=timezone.now())
        editor_client.post(address("refuse_change", change.pk), {"why": "Chưa gặp"})
        change.refresh_from_db()
        assert change.state == OwnershipState.REFUSED


def test_the_dashboard_counts_what_waits(editor_client, shop, editor, person):
    a_claim(shop, editor, person)
    shown = editor_client.get(reverse("wagtailadmin_home")).content.decode()
    assert address("index") in shown


def test_the_list_costs_the_same_queries_however_much_waits(
    editor_client, street, editor, django_assert_num_queries, shop
):
    def one_more(number):
        page = ShopPageFactory(parent=street, title=f"Quán {number}")
        a_claim(page.shop, editor, a_person(f"0911 000 1{number:02}", f"Người {number}"))
        other = ShopPageFactory(parent=street, title=f"Quán khác {number}").shop
        a_letter(other, editor)

    one_more(1)
    editor_client.get(address("index"))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        editor_client.get(address("index"))
    for number in range(2, 6):
        one_more(number)
    with CaptureQueriesContext(connection) as many:
        editor_client.get(address("index"))
    assert len(many) <= len(few) + 1


# ---- every address, for everybody who might knock -----------------------------------------------------------

# Which record each address is about, which right opens it, and what is posted.
SCREENS = {
    "index": ("", None, None),
    "shop": ("shop", None, None),
    "print_letter": ("shop", "add_claimletter", {}),
    "cancel_letter": ("letter", "add_claimletter", {}),
    "confirm": ("claim", "confirm_claim", {}),
    "confirm_at_once": ("claim", "confirm_claim", {}),
    "refuse": ("claim", "confirm_claim", {"why": "x"}),
    "open_dispute": ("shop", "decide_dispute", {"why": "x"}),
    "close_dispute": ("dispute", "decide_dispute", {"why": "x", "keeper": "nobody"}),
    "ask_change": ("shop", "approve_ownershipchange", {}),
    "approve_change": ("change", "approve_ownershipchange", {}),
    "assist": ("shop", "add_assistedsession", {}),
    "refuse_change": ("change", "approve_ownershipchange", {"why": "x"}),
}
RIGHTS = {right for _record, right, _form in SCREENS.values() if right}


@pytest.fixture
def records(shop, street, editor, person, owner, stranger):
    from streets.claims.disputes import open_dispute
    from streets.claims.ownership import ask

    new = a_member(shop, stranger, MemberRole.STAFF)
    change = ask(old_owner=membership(owner, shop), new_owner=new, by=owner, now=timezone.now())
    claimed = ShopPageFactory(parent=street, title="Quán Được Nhận").shop
    disputed = ShopPageFactory(parent=street, title="Quán Tranh Chấp").shop
    return {
        "": None,
        "shop": shop,
        "letter": a_letter(shop, editor).letter,
        "claim": a_claim(claimed, editor, person),
        "dispute": open_dispute(shop=disputed, by=editor, why="x", now=timezone.now() - timedelta(days=2)),
        "change": change,
    }


def look(client, name, records):
    record = SCREENS[name][0]
    return client.get(address(name, *([records[record].pk] if record else [])))


def kept() -> dict[str, list[dict]]:
    """All that the database knows of shops and who keeps them."""
    models = apps.get_app_config("streets").get_models()
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


def knock(client, name, records):
    record, _right, form = SCREENS[name]
    where = address(name, *([records[record].pk] if record else []))
    return client.get(where) if form is None else client.post(where, form)


def test_no_screen_is_forgotten():
    assert {pattern.name for pattern in claim_urls.urlpatterns} == SCREENS.keys()


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("who", ["nobody", "vendor", "editor without the right", "editor of another street"])
def test_who_may_not_gets_nothing_and_changes_nothing(client, records, name, who, owner, editor, street):
    if who == "vendor":
        client.force_login(owner)
    elif who != "nobody":
        client.force_login(editor)
    right = SCREENS[name][1]
    if who == "editor without the right":
        gone = [right] if right else RIGHTS
        for group in editor.groups.all():
            group.permissions.remove(*Permission.objects.filter(codename__in=gone))
    if who == "editor of another street":
        if name == "index":
            pytest.skip("the list is of all shops; what may be done from it is asked of each")
        only_there(editor, StreetPageFactory(parent=street.get_parent(), title="Phố Khác"))
    before = kept()
    for answer in (look(client, name, records), knock(client, name, records)):
        assert answer.status_code in (302, 403, 405)
        # Wagtail leads to its sign-in, and an officer back to the dashboard, with a word.
        assert not answer.headers.get("Location", "").startswith(reverse("claim_admin:index"))
    assert kept() == before


@pytest.mark.parametrize("pk", ["0", "999999999", "99999999999999999999999"])
def test_a_record_that_is_not_there_is_not_found_and_breaks_nothing(editor_client, ward, pk):
    for name, (record, _right, form) in SCREENS.items():
        if record:
            there = address(name, 1).replace("/1/", f"/{pk}/")
            answer = editor_client.get(there) if form is None else editor_client.post(there, form)
            assert answer.status_code == 404, name


@pytest.mark.parametrize("who", ["nobody", "vendor"])
def test_who_is_no_officer_prints_no_batch(client, shop, owner, who):
    if who == "vendor":
        client.force_login(owner)
    for answer in (client.get(f"{BULK}?id={shop.pk}"), client.post(f"{BULK}?id={shop.pk}")):
        assert answer.status_code in (302, 403)
        assert "pdf" not in answer.headers.get("Content-Type", "")
    assert not ClaimLetter.objects.exists()


@pytest.mark.parametrize("name", SCREENS)
def test_who_may_gets_in(editor_client, records, name):
    answer = knock(editor_client, name, records)
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        assert "/login" not in answer.headers["Location"]
        assert answer.headers["Location"].startswith(reverse("claim_admin:index"))
