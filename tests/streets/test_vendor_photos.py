"""A shop's photos from the phone: uploaded once, cleaned, the shop's own, in order, sent, and cleared away."""

import json
import re
import uuid
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection

from media.models import Picture
from streets.changes.applying import read
from streets.models import ChangeRequest, ShopMember, ShopPhoto, VendorPicture
from streets.vendor_pictures import (
    MOST_A_DAY,
    MOST_UNUSED,
    UNUSED_FOR,
    WANTED_BACK_FOR,
    PhotoRefused,
    clear_unused,
    keep_upload,
)
from tests.factories import PictureFactory, ShopPageFactory
from tests.media.photographs import MAKER, drawing, first_part, photograph

pytestmark = pytest.mark.django_db

JSON = {"headers": {"Accept": "application/json"}}


@pytest.fixture
def owner(shop, django_user_model):
    """Keeps the shop for 60 days."""
    user = django_user_model.objects.create_user("chuquan")
    ShopMember.objects.create(shop=shop.shop, user=user)
    ShopMember.objects.update(since=timezone.now() - timedelta(days=60))
    return user


@pytest.fixture
def phone(client, owner):
    client.force_login(owner)
    return client


def address(shop, name="photos") -> str:
    return reverse(f"portal:{name}", args=[shop.shop.page_key])


def shot(content: bytes | None = None, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or photograph(size=(320, 240)), "image/jpeg")


def send(phone, shop, content: bytes | None = None, key: uuid.UUID | None = None, name: str = "photo.jpg"):
    form = {"photo": shot(content, name), "upload_key": str(key or uuid.uuid4())}
    return phone.post(address(shop, "upload_photo"), form, **JSON)


def uploaded(phone, shop) -> int:
    answer = send(phone, shop)
    assert answer.status_code == 200, answer.content
    return answer.json()["picture"]


def listed(*rows: dict, seen: list | None = None) -> dict:
    """The form of the list as a browser sends it, rows in the order they stand in it."""
    form = {"photos-TOTAL_FORMS": len(rows), "photos-INITIAL_FORMS": 0, "seen": json.dumps(seen or [])}
    for number, row in enumerate(rows):
        form |= {f"photos-{number}-{name}": value for name, value in row.items()}
    return form


def public(shop) -> list[dict]:
    return read(shop.shop, ["photos"])["photos"]


# ---- uploading ------------------------------------------------------------------------------------


def test_a_photo_is_taken_with_the_phone_s_camera_the_one_at_its_back(phone, shop):
    [field] = re.findall(r'<input [^>]*name="taken"[^>]*>', phone.get(address(shop)).content.decode())
    assert 'type="file"' in field
    assert 'capture="environment"' in field


@pytest.mark.parametrize(("image_format", "name"), [("JPEG", "a.jpg"), ("HEIF", "a.heic"), ("PNG", "a.png")])
def test_a_photo_is_stored_without_where_and_with_what_it_was_taken(phone, shop, image_format, name):
    assert send(phone, shop, photograph(image_format, size=(320, 240)), name=name).status_code == 200
    picture = Picture.objects.get()
    content = picture.file.open().read()
    assert MAKER.encode() not in content
    with Image.open(BytesIO(content)) as stored:
        assert stored.format == image_format
        assert not stored.getexif().get_ifd(0x8825)
    # It was taken lying on its side, and is upright now; a HEIF file says in its own way how it lies.
    assert (picture.width, picture.height) == ((320, 240) if image_format == "HEIF" else (240, 320))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg onload='alert(1)'/>", "a.svg"),
        (b"<html>not a photo</html>", "a.jpg"),
        (first_part(photograph(size=(320, 240)), 40), "a.jpg"),
        (b"", "a.jpg"),
    ],
    ids=["svg", "disguised", "cut off", "empty"],
)
def test_what_is_no_whole_photo_is_refused_with_words_and_nothing_is_kept(phone, shop, content, name):
    answer = send(phone, shop, content or b" ", name=name)
    assert answer.status_code == 422
    assert answer.json()["message"]
    assert not Picture.objects.exists()


def test_an_upload_that_is_tried_again_is_the_same_photo(phone, shop):
    key = uuid.uuid4()
    first, second = (send(phone, shop, key=key).json() for _attempt in range(2))
    assert first["picture"] == second["picture"]
    assert Picture.objects.count() == 1
    # The same key of another shop's phone is another photo.
    assert send(phone, shop, key=uuid.uuid4()).json()["picture"] != first["picture"]


def test_the_plain_form_takes_many_and_is_not_doubled_when_sent_twice(phone, shop):
    key, contents = str(uuid.uuid4()), [drawing(), drawing()]
    for _attempt in range(2):
        chosen = [shot(content, f"{number}.jpg") for number, content in enumerate(contents)]
        form = {"upload_key": key, "taken": shot(name="camera.jpg"), "chosen": chosen}
        answer = phone.post(address(shop, "upload_photo"), form)
        assert (answer.status_code, answer.headers["Location"]) == (302, address(shop))
    assert Picture.objects.count() == 3


def test_where_a_photo_lies_nobody_can_guess_and_editors_find_it(phone, shop):
    uploaded(phone, shop)
    picture = Picture.objects.get()
    assert len(picture.file.name.rpartition("shop-")[2].partition(".")[0]) == 32
    assert picture.collection.get_parent().is_root()
    uploaded(phone, shop)
    assert len(set(Picture.objects.values_list("collection", flat=True))) == 1


def test_a_phone_that_never_stops_is_stopped(phone, shop, owner):
    for number in range(MOST_UNUSED):
        VendorPicture.objects.create(shop=shop.shop, picture=PictureFactory(title=number), upload_key=uuid.uuid4())
    answer = send(phone, shop)
    assert answer.status_code == 429
    assert answer.json()["message"]
    VendorPicture.objects.update(used_at=timezone.now())
    assert send(phone, shop).status_code == 200
    for number in range(MOST_A_DAY - MOST_UNUSED - 1):
        VendorPicture.objects.create(
            shop=shop.shop, picture=PictureFactory(title=number), upload_key=uuid.uuid4(), used_at=timezone.now()
        )
    assert send(phone, shop).status_code == 429
    VendorPicture.objects.update(uploaded_at=timezone.now() - timedelta(days=2))
    assert send(phone, shop).status_code == 200


def test_a_photo_that_is_refused_leaves_no_file(shop, owner, monkeypatch, settings):
    def fails(**values):
        raise PhotoRefused("no")

    monkeypatch.setattr(VendorPicture.objects, "create", fails)
    with pytest.raises(PhotoRefused):
        keep_upload(shop=shop.shop, file=shot(), upload_key=uuid.uuid4(), by=owner)
    originals = settings.MEDIA_ROOT / "original_images"
    assert not originals.exists() or list(originals.iterdir()) == []


# ---- the list -------------------------------------------------------------------------------------


def test_photos_are_sent_in_their_order_with_their_words(phone, shop):
    one, two, three = (uploaded(phone, shop) for _ in range(3))
    answer = phone.post(
        address(shop),
        listed(
            {"picture": one, "alt": "Mặt tiền quán", "position": 2},
            {"picture": two, "alt": "  Bát phở \n bò ", "position": 1},
            {"picture": three, "alt": "", "position": 3, "remove": "on"},
        ),
    )
    assert answer.status_code == 302
    wanted = [{"picture": two, "alt": "Bát phở bò"}, {"picture": one, "alt": "Mặt tiền quán"}]
    assert public(shop) == wanted
    assert ChangeRequest.objects.get().after == wanted
    assert not Picture.objects.filter(pk=three).exists()
    shown = phone.get(answer.headers["Location"]).content.decode()
    assert shown.index("Bát phở bò") < shown.index("Mặt tiền quán")


def test_photos_of_a_new_keeper_wait_and_are_shown_to_it_as_wished(phone, shop):
    ShopMember.objects.update(since=timezone.now())
    one = uploaded(phone, shop)
    phone.post(address(shop), listed({"picture": one, "alt": "Mặt tiền quán"}))
    assert public(shop) == []
    assert ChangeRequest.objects.get().is_waiting
    rows = phone.get(address(shop)).context["rows"]
    assert [(form.initial["picture"], form.initial["alt"]) for form in rows] == [(one, "Mặt tiền quán")]
    page = phone.get(shop.url).content.decode()
    assert Picture.objects.get().file.name.rpartition("/")[2].partition(".")[0] not in page


@pytest.mark.parametrize("problem", ["no words", "twice", "too many", "not there", "another shop's", "nobody's"])
def test_a_list_that_cannot_be_is_refused_and_nothing_that_was_typed_is_lost(phone, shop, street, owner, problem):
    one = uploaded(phone, shop)
    rows = [{"picture": one, "alt": "Mặt tiền quán"}]
    if problem == "no words":
        rows.append({"picture": uploaded(phone, shop), "alt": " "})
    elif problem == "twice":
        rows.append(rows[0])
    elif problem == "too many":
        rows += [{"picture": uploaded(phone, shop), "alt": "Món"} for _ in range(12)]
    elif problem == "not there":
        rows.append({"picture": 99_999_999, "alt": "Món"})
    elif problem == "another shop's":
        # The very same person's: a photo belongs to the shop it was uploaded for.
        other = ShopPageFactory(parent=street)
        ShopMember.objects.create(shop=other.shop, user=owner)
        rows.append({"picture": uploaded(phone, other), "alt": "Món"})
    else:
        rows.append({"picture": PictureFactory().pk, "alt": "Món"})
    answer = phone.post(address(shop), listed(*rows))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert "Mặt tiền quán" in answer.content.decode()
    assert public(shop) == []
    assert not ChangeRequest.objects.exists()


def test_a_photo_that_editors_show_twice_stands_in_the_list_once(phone, shop):
    picture = PictureFactory()
    shop.photo, shop.photo_alt = picture, "Ở đầu trang"
    shop.gallery.add(ShopPhoto(picture=picture, alt="Trong loạt ảnh", locale=shop.locale))
    shop.save_revision().publish()
    shown = phone.get(address(shop)).context["rows"].forms
    assert [form.initial["alt"] for form in shown] == ["Ở đầu trang"]
    answer = phone.post(address(shop), listed({"picture": picture.pk, "alt": "Mặt tiền"}, seen=public(shop)))
    assert answer.status_code == 302
    assert public(shop) == [{"picture": picture.pk, "alt": "Mặt tiền"}]


def test_a_refused_list_keeps_the_order_it_was_put_in(phone, shop):
    one, two = uploaded(phone, shop), uploaded(phone, shop)
    rows = ({"picture": one, "alt": "Thứ hai", "position": 2}, {"picture": two, "alt": "", "position": 1})
    answer = phone.post(address(shop), listed(*rows))
    assert answer.status_code == 422
    assert [form["picture"].value() for form in answer.context["rows"].in_order()] == [str(two), str(one)]


def test_photos_that_somebody_else_changed_meanwhile_are_not_run_over(phone, shop, owner, django_user_model):
    first = uploaded(phone, shop)
    phone.post(address(shop), listed({"picture": first, "alt": "Của người trước"}))
    mine = uploaded(phone, shop)
    answer = phone.post(address(shop), listed({"picture": mine, "alt": "Của tôi"}, seen=[]))
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Của người trước" in shown
    assert "Của tôi" in shown
    assert [photo["picture"] for photo in public(shop)] == [first]


def test_photos_of_a_colleague_that_wait_are_taken_over_once_they_were_seen(phone, shop, owner, django_user_model):
    colleague = django_user_model.objects.create_user("quanly")
    ShopMember.objects.create(shop=shop.shop, user=colleague, role="manager")
    phone.force_login(colleague)
    photo = uploaded(phone, shop)
    phone.post(address(shop), listed({"picture": photo, "alt": "Mặt tiền"}))
    assert ChangeRequest.objects.waiting_of(shop.shop).get().made_by == colleague
    phone.force_login(owner)
    form = listed({"picture": photo, "alt": "Mặt tiền buổi tối"})
    # Who has not seen them is shown them.
    assert phone.post(address(shop), form).status_code == 409
    seen = phone.get(address(shop)).context["seen"]
    assert phone.post(address(shop), form | {"seen": seen}).status_code == 302
    assert public(shop) == [{"picture": photo, "alt": "Mặt tiền buổi tối"}]


def test_a_wish_and_the_note_of_what_it_names_are_kept_together(phone, shop, monkeypatch):
    photo = uploaded(phone, shop)

    def fails(**kwargs):
        raise RuntimeError

    monkeypatch.setattr("streets.portal.photos.note_used", fails)
    with pytest.raises(RuntimeError):
        phone.post(address(shop), listed({"picture": photo, "alt": "Mặt tiền"}))
    assert public(shop) == []
    assert not ChangeRequest.objects.exists()


@pytest.mark.parametrize("seen", ["[" * 100_000, "nonsense", "{}", ""], ids=["deep", "nonsense", "object", "nothing"])
def test_a_form_that_was_tampered_with_is_no_error_of_the_site(seen, phone, shop):
    first = uploaded(phone, shop)
    phone.post(address(shop), listed({"picture": first, "alt": "Mặt tiền"}))
    answer = phone.post(address(shop), listed({"picture": first, "alt": "Bát phở"}) | {"seen": seen})
    assert answer.status_code == 409
    assert public(shop) == [{"picture": first, "alt": "Mặt tiền"}]


def test_the_first_photo_heads_the_page_and_all_stand_on_it(phone, shop):
    one, two = uploaded(phone, shop), uploaded(phone, shop)
    phone.post(address(shop), listed({"picture": one, "alt": "Mặt tiền"}, {"picture": two, "alt": "Bát phở"}))
    shop.refresh_from_db()
    assert (shop.photo_id, [row.picture_id for row in shop.gallery.all()]) == (one, [two])
    page = phone.get(shop.url).content.decode()
    assert 'alt="Mặt tiền"' in page
    assert 'alt="Bát phở"' in page


def test_a_page_of_twelve_photos_costs_no_query_for_each(phone, shop, django_assert_max_num_queries):
    uploaded(phone, shop)
    phone.get(address(shop))
    with django_assert_max_num_queries(1000) as queries:
        phone.get(address(shop))
    few = len(queries)
    for _ in range(5):
        uploaded(phone, shop)
    # The first look draws the new thumbnails.
    phone.get(address(shop))
    with django_assert_max_num_queries(few):
        assert len(phone.get(address(shop)).context["rows"].forms) == 6


# ---- clearing away --------------------------------------------------------------------------------


def aged(picture: int, **times: timedelta) -> None:
    VendorPicture.objects.filter(picture=picture).update(
        **{name: timezone.now() - time - timedelta(minutes=1) for name, time in times.items()}
    )


def test_a_photo_that_was_never_sent_goes_after_a_week_with_its_file(
    phone, shop, settings, django_capture_on_commit_callbacks
):
    one = uploaded(phone, shop)
    path = Path(Picture.objects.get().file.path)
    assert path.exists()
    assert clear_unused() == 0
    aged(one, uploaded_at=UNUSED_FOR)
    with django_capture_on_commit_callbacks(execute=True):
        assert clear_unused() == 1
    assert not Picture.objects.exists()
    assert not path.exists()


def test_a_photo_on_the_page_or_waiting_stays_however_old(phone, shop):
    live = uploaded(phone, shop)
    phone.post(address(shop), listed({"picture": live, "alt": "Trên trang"}))
    ShopMember.objects.update(since=timezone.now())
    waiting = uploaded(phone, shop)
    phone.post(
        address(shop),
        listed({"picture": live, "alt": "Trên trang"}, {"picture": waiting, "alt": "Đang chờ"}, seen=public(shop)),
    )
    assert ChangeRequest.objects.waiting_of(shop.shop).exists()
    for picture in (live, waiting):
        aged(picture, uploaded_at=WANTED_BACK_FOR, used_at=WANTED_BACK_FOR)
    ChangeRequest.objects.update(made_at=timezone.now() - WANTED_BACK_FOR - timedelta(days=1))
    assert clear_unused() == 0


def test_a_photo_that_was_replaced_stays_as_long_as_the_change_can_be_taken_back(phone, shop):
    old, new = uploaded(phone, shop), uploaded(phone, shop)
    phone.post(address(shop), listed({"picture": old, "alt": "Cũ"}))
    phone.post(address(shop), listed({"picture": new, "alt": "Mới"}, seen=public(shop)))
    assert [photo["picture"] for photo in public(shop)] == [new]
    aged(old, used_at=WANTED_BACK_FOR)
    assert clear_unused() == 0
    long_ago = timezone.now() - WANTED_BACK_FOR - timedelta(days=1)
    ChangeRequest.objects.update(made_at=long_ago, live_since=long_ago)
    assert clear_unused() == 1
    assert set(Picture.objects.values_list("pk", flat=True)) == {new}


def test_a_photo_in_an_editors_draft_stays(phone, shop):
    one = uploaded(phone, shop)
    aged(one, uploaded_at=UNUSED_FOR)
    shop.refresh_from_db()
    shop.photo_id, shop.photo_alt = one, "Trong bản nháp"
    shop.save_revision()
    assert clear_unused() == 0


def test_vendors_photos_lie_in_one_collection_whatever_it_is_called(phone, shop):
    uploaded(phone, shop)
    Collection.objects.filter(pk=Picture.objects.get().collection_id).update(name="Ảnh các quán gửi")
    uploaded(phone, shop)
    assert len(set(Picture.objects.values_list("collection", flat=True))) == 1


def test_photos_that_are_taken_away_again_count_all_the_same(phone, shop, monkeypatch):
    monkeypatch.setattr("streets.vendor_pictures.MOST_A_DAY", 3)
    for _number in range(3):
        assert send(phone, shop).status_code == 200
        Picture.objects.all().delete()
    assert not VendorPicture.objects.exists()
    assert send(phone, shop).status_code == 429
