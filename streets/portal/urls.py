"""The addresses of the vendors' corner. Each screen of a shop says which task it is for, and whether it changes."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from streets.members import Task
from streets.portal import card, photos, self_check
from streets.portal.routes import changes, looks
from streets.portal.views import days, goods, history, home, payment, records, telling

app_name = "portal"

DAILY, TELL, OWN = Task.DAILY, Task.TELL, Task.OWN
of_a_shop = [
    looks("", home.shop, "shop", DAILY),
    changes(pgettext_lazy("address", "closed-today/"), days.close_today, "close_today", DAILY),
    changes(pgettext_lazy("address", "open-today/"), days.open_today, "open_today", DAILY),
    changes(pgettext_lazy("address", "still-right/"), days.still_right, "still_right", DAILY),
    changes(pgettext_lazy("address", "hours/"), days.WeekView.as_view(), "hours", DAILY),
    changes(pgettext_lazy("address", "special-days/"), days.special_days, "special_days", DAILY),
    changes(pgettext_lazy("address", "closure/"), days.ClosureView.as_view(), "closure", DAILY),
    changes(pgettext_lazy("address", "prices/"), goods.PricesView.as_view(), "products", DAILY),
    changes(pgettext_lazy("address", "prices/new/"), goods.NewProductView.as_view(), "product_new", TELL),
    changes(pgettext_lazy("address", "prices/<int:pk>/"), goods.ProductView.as_view(), "product", TELL),
    changes(pgettext_lazy("address", "prices/<int:pk>/remove/"), goods.remove_product, "product_remove", TELL),
    changes(pgettext_lazy("address", "offer/"), goods.OfferView.as_view(), "offer", DAILY),
    changes(pgettext_lazy("address", "words/<str:language>/"), telling.WordsView.as_view(), "words", TELL),
    changes(pgettext_lazy("address", "names/"), telling.NamesView.as_view(), "names", TELL),
    changes(pgettext_lazy("address", "place/"), telling.PlaceView.as_view(), "place", TELL),
    changes(pgettext_lazy("address", "contact/"), telling.ContactView.as_view(), "contact", TELL),
    changes(pgettext_lazy("address", "photos/"), photos.PhotosView.as_view(), "photos", TELL),
    changes(pgettext_lazy("address", "photos/upload/"), photos.upload, "upload_photo", TELL),
    looks(pgettext_lazy("address", "my-code/"), card.card, "card", DAILY),
    looks(pgettext_lazy("address", "my-code/<str:code>/"), card.card_found, "card_found", DAILY),
    changes(pgettext_lazy("address", "food-safety-check/"), self_check.self_check, "self_check", DAILY),
    changes(pgettext_lazy("address", "papers/"), records.papers, "papers", TELL),
    changes(pgettext_lazy("address", "papers/<int:pk>/withdraw/"), records.withdraw_sent_paper, "paper_withdraw", TELL),
    looks(pgettext_lazy("address", "inspections/"), records.inspections, "inspections", TELL),
    changes(pgettext_lazy("address", "inspections/<int:pk>/answer/"), records.answer_inspection, "answer", TELL),
    looks(pgettext_lazy("address", "history/"), history.history, "history", DAILY),
    changes(pgettext_lazy("address", "history/<int:pk>/undo/"), history.undo_change, "undo", DAILY),
    looks(pgettext_lazy("address", "history/<int:pk>/withdraw/"), history.withdraw_change, "withdraw", DAILY),
    looks(pgettext_lazy("address", "history/read/"), history.read_rejections, "read", DAILY),
    looks(pgettext_lazy("address", "payment-account/"), payment.payment, "payment", OWN),
    changes(pgettext_lazy("address", "payment-account/new/"), payment.new_account, "payment_new", OWN),
    looks(
        pgettext_lazy("address", "payment-account/<slug:serial>/withdraw/"),
        payment.withdraw_account,
        "payment_withdraw",
        OWN,
    ),
    looks(
        pgettext_lazy("address", "payment-account/<slug:serial>/not-mine/"), payment.not_mine, "payment_not_mine", OWN
    ),
]
urlpatterns = [path("", home.home, name="home"), path("<uuid:key>/", include(of_a_shop))]
