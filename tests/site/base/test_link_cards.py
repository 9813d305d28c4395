"""What a page says in its head to chats and search engines."""

from html.parser import HTMLParser

import pytest
from botocore.exceptions import ClientError
from django.core.files.storage import storages
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction, Site

from heritage.models import HeritageSitePage, PersonPage, TrailPage
from streets.models import FoodVendorPage, ShopPage, StreetPage
from tests.factories import HeritageSitePageFactory, translate
from wardmark.base.models import StandardPage

pytestmark = pytest.mark.django_db


class Head(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: list[dict] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "meta" and "content" in said:
            self.meta[said.get("property") or said.get("name")] = said["content"]
        if tag == "link":
            self.links.append(said)

    @property
    def canonical(self) -> list[str]:
        return [link["href"] for link in self.links if link["rel"] == "canonical"]

    @property
    def alternates(self) -> dict[str, str]:
        return {link["hreflang"]: link["href"] for link in self.links if link["rel"] == "alternate"}


def head(client, url: str, **headers) -> Head:
    return Head(client.get(url, **headers).content.decode())


@pytest.fixture
def house(heritage):
    return HeritageSitePageFactory(parent=heritage, title='Đình "Vòng" <Hậu>', summary="Ngôi đình giữa làng.")


def test_a_page_names_itself_its_picture_and_its_languages(client, house):
    english = translate(house, "Vòng House")
    said = head(client, house.url)
    assert said.canonical == [house.full_url]
    assert said.alternates == {"vi": house.full_url, "en": english.full_url, "x-default": house.full_url}
    assert said.meta["og:title"] == 'Đình "Vòng" <Hậu>'
    assert said.meta["og:description"] == "Ngôi đình giữa làng."
    assert said.meta["og:type"] == "article"
    assert said.meta["og:url"] == house.full_url
    assert said.meta["og:site_name"] == "Phường Thử"
    assert (said.meta["og:locale"], said.meta["og:locale:alternate"]) == ("vi_VN", "en_US")
    assert (said.meta["og:image:width"], said.meta["og:image:height"]) == ("1200", "630")
    assert said.meta["twitter:card"] == "summary_large_image"
    picture = client.get(said.meta["og:image"])
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/jpeg")


@pytest.mark.parametrize("path", ["/vi/", "/vi/di-tich/"])
def test_lists_are_no_articles(client, heritage, path):
    assert head(client, path).meta["og:type"] == "website"


def test_addresses_come_from_the_site_record_and_never_from_the_request(client, house, settings):
    settings.ALLOWED_HOSTS = ["*"]
    Site.objects.update(hostname="ward.example", port=443)
    Site.clear_site_root_paths_cache()
    translate(house, "Vòng House")
    html = client.get(house.url, headers={"host": "evil.example"}).content.decode()
    said = Head(html)
    addresses = [*said.canonical, *said.alternates.values(), said.meta["og:url"], said.meta["og:image"]]
    assert len(addresses) == 6
    assert all(address.startswith("https://ward.example/") for address in addresses)
    assert "evil.example" not in html


def test_a_page_in_one_language_has_no_alternates(client, house):
    assert head(client, house.url).alternates == {}


def test_a_copy_points_at_what_it_copies_and_is_no_translation(client, house):
    alias = house.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    assert head(client, alias.url).canonical == [house.full_url]
    assert head(client, house.url).alternates == {}
    second = house.create_alias(update_slug="ban-sao")
    assert head(client, second.url).canonical == [house.full_url]


def test_the_search_is_kept_out_of_search_engines(client, ward):
    answer = client.get(reverse("search"), {"q": "chùa"})
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert Head(answer.content.decode()).meta["robots"] == "noindex"


class TestPicture:
    @pytest.fixture(autouse=True)
    def _own_documents(self, settings, tmp_path):
        on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "d"}}
        settings.STORAGES = settings.STORAGES | {"documents": on_disk}

    def kept(self, page) -> list[str]:
        try:
            return storages["documents"].listdir(f"link-pictures/{page.pk}")[1]
        except FileNotFoundError:
            return []

    def address(self, client, page) -> str:
        return head(client, page.url).meta["og:image"]

    def test_it_is_drawn_when_the_page_is_published_and_not_when_it_is_visited(
        self, client, house, django_capture_on_commit_callbacks
    ):
        assert client.get(house.url).status_code == 200
        assert self.kept(house) == []
        with django_capture_on_commit_callbacks(execute=True):
            house.save_revision().publish()
        [file] = self.kept(house)
        assert self.address(client, house).endswith(f"/link-pictures/{house.pk}/{file}")

    def test_it_may_be_kept_for_ever_and_another_version_has_another_address(self, client, house):
        before = self.address(client, house)
        assert "immutable" in client.get(before).headers["Cache-Control"]
        house.title = "Đình khác"
        house.save_revision().publish()
        after = self.address(client, house)
        assert after != before
        moved = client.get(before)
        assert (moved.status_code, after.endswith(moved.headers["Location"])) == (302, True)
        client.get(after)
        assert len(self.kept(house)) == 1

    def test_a_visit_without_a_change_draws_nothing_again(self, client, house, monkeypatch):
        first = client.get(self.address(client, house)).content
        monkeypatch.setattr("wardmark.base.link_pictures.draw", None)
        assert client.get(self.address(client, house)).content == first

    @pytest.mark.parametrize("how", ["draft", "closed", "below closed", "deleted"])
    def test_what_visitors_may_not_see_has_no_picture(self, client, house, how, django_capture_on_commit_callbacks):
        address = self.address(client, house)
        assert client.get(address).status_code == 200
        with django_capture_on_commit_callbacks(execute=True):
            match how:
                case "draft":
                    house.unpublish()
                case "deleted":
                    house.delete()
                case _:
                    PageViewRestriction.objects.create(
                        page=house if how == "closed" else house.get_parent(), restriction_type="login"
                    )
        assert client.get(address).status_code == 404
        if how in {"draft", "deleted"}:
            assert self.kept(house) == []

    def test_a_draft_that_was_never_published_has_none(self, client, heritage):
        draft = HeritageSitePageFactory(parent=heritage, live=False)
        assert client.get(reverse("link_picture", args=[draft.pk, "0" * 20])).status_code == 404

    def test_a_draft_of_a_live_page_changes_nothing(self, client, house):
        before = self.address(client, house)
        house.title = "Chưa ai được biết"
        house.save_revision()
        assert self.address(client, house) == before

    @pytest.mark.parametrize(
        "refusal", [OSError("No space left on device"), ClientError({"Error": {"Code": "SlowDown"}}, "PutObject")]
    )
    def test_a_full_disk_or_a_refusing_bucket_costs_no_answer(self, client, house, monkeypatch, refusal):
        def full(*args, **kwargs):
            raise refusal

        monkeypatch.setattr(storages["documents"].__class__, "save", full)
        assert client.get(self.address(client, house)).status_code == 200

    def test_a_bucket_that_says_forbidden_of_what_is_missing_costs_no_answer(self, client, house, monkeypatch):
        def forbidden(*args, **kwargs):
            raise ClientError({"Error": {"Code": "403"}}, "HeadObject")

        monkeypatch.setattr(storages["documents"].__class__, "open", forbidden)
        assert client.get(self.address(client, house)).status_code == 200

    def test_where_it_lies_nobody_reads_it_but_through_the_site(self, client, house):
        client.get(self.address(client, house))
        [file] = self.kept(house)
        for folder in ("uploads", "documents", "uploads/documents"):
            assert client.get(f"/{folder}/link-pictures/{house.pk}/{file}").status_code == 404


@pytest.mark.parametrize(
    "model", [HeritageSitePage, PersonPage, TrailPage, StreetPage, ShopPage, FoodVendorPage, StandardPage]
)
def test_a_page_that_was_never_saved_is_previewed_without_a_card(heritage, model):
    page = model(title="Đình mới", slug="dinh-moi", locale=heritage.locale, depth=heritage.depth + 1)
    page.path = page._get_path(heritage.path, page.depth, 1)
    page.set_url_path(heritage)
    preview = page.make_preview_request()
    assert preview.status_code == 200
    shown = Head(preview.content.decode())
    assert "og:image" not in shown.meta
    assert not shown.canonical
