"""The addresses of a shop's people, in the vendors' corner. Each says which task it is for, and whether it changes."""

from django.urls import URLPattern, include, path
from django.utils.translation import pgettext_lazy
from django.views import View

from streets.claims import assisting_views as assist
from streets.claims import people_views as views
from streets.members import Task
from streets.portal.routes import changes, looks

app_name = "people"


def _form(route: str, view: type[View], name: str) -> URLPattern:
    return path(route, assist.for_the_officer(view.as_view()), name=name)


_of_a_shop = [
    looks("", views.people, "people", Task.DAILY),
    changes(pgettext_lazy("address", "invite/"), views.invite_somebody, "invite", Task.OWN),
    changes(pgettext_lazy("address", "<int:pk>/role/"), views.set_role, "role", Task.OWN),
    changes(pgettext_lazy("address", "<int:pk>/end/"), views.end_somebody, "end", Task.OWN),
    changes("<slug:serial>/cancel/", views.cancel, "cancel", Task.OWN),
    # Staff may go whatever is in dispute; an owner may not, which the rule says.
    looks(pgettext_lazy("address", "leave/"), views.leave_shop, "leave", Task.DAILY),
    changes(pgettext_lazy("address", "pass-on/"), views.pass_on, "pass_on", Task.OWN),
    changes(pgettext_lazy("address", "pass-on/take-back/"), views.take_back, "take_back", Task.OWN),
    changes(pgettext_lazy("address", "entered-for-me/"), assist.entered_for_me, "entered", Task.TELL),
]
# For the officer who began it, on the officer's own tablet.
_assisted = [
    path("", assist.for_the_officer(assist.assisted), name="assisted"),
    path(pgettext_lazy("address", "code/"), assist.for_the_officer(assist.assisted_send), name="assisted_send"),
    path(pgettext_lazy("address", "drop/"), assist.for_the_officer(assist.assisted_drop), name="assisted_drop"),
    path(
        pgettext_lazy("address", "take-back/"), assist.for_the_officer(assist.assisted_strike), name="assisted_strike"
    ),
    _form(pgettext_lazy("address", "names/"), assist.AssistedNames, "assisted_names"),
    _form(pgettext_lazy("address", "hours/"), assist.AssistedWeek, "assisted_hours"),
    _form(pgettext_lazy("address", "closure/"), assist.AssistedClosure, "assisted_closure"),
    _form(pgettext_lazy("address", "prices/"), assist.AssistedPrices, "assisted_products"),
    _form(pgettext_lazy("address", "prices/new/"), assist.AssistedNewProduct, "assisted_product_new"),
    _form(pgettext_lazy("address", "prices/<int:pk>/"), assist.AssistedProduct, "assisted_product"),
    path(
        pgettext_lazy("address", "prices/<int:pk>/remove/"),
        assist.for_the_officer(assist.assisted_product_remove),
        name="assisted_product_remove",
    ),
    _form(pgettext_lazy("address", "offer/"), assist.AssistedOffer, "assisted_offer"),
    _form(pgettext_lazy("address", "place/"), assist.AssistedPlace, "assisted_place"),
    _form(pgettext_lazy("address", "contact/"), assist.AssistedContact, "assisted_contact"),
    _form(pgettext_lazy("address", "words/<str:language>/"), assist.AssistedWords, "assisted_words"),
    _form(pgettext_lazy("address", "photos/"), assist.AssistedPhotos, "assisted_photos"),
    path(
        pgettext_lazy("address", "photos/upload/"),
        assist.for_the_officer(assist.assisted_upload),
        name="assisted_upload_photo",
    ),
]
urlpatterns = [
    path(pgettext_lazy("address", "<uuid:key>/people/"), include(_of_a_shop)),
    path(pgettext_lazy("address", "<uuid:key>/assisted/"), include(_assisted)),
]
