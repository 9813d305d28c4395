"""One click of an officer: what the page says of the shop is right today."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from streets.confirmations import Confirmer, confirm
from streets.models import Shop
from streets.shop_rights import may

CHANGE = "streets.change_shop"


@require_POST
def confirm_shop(request: HttpRequest, pk: int, who: str) -> HttpResponse:
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    if who not in list(Confirmer):
        raise Http404
    shop = get_object_or_404(Shop.objects.with_pages(), pk=pk)
    if not may(request.user, shop, CHANGE):
        raise PermissionDenied
    confirm(shop=shop, as_who=Confirmer(who), now=timezone.now(), by=request.user)
    messages.success(request, _("“%(shop)s” is confirmed today.") % {"shop": shop})
    return HttpResponseRedirect(reverse(Shop.snippet_viewset.get_url_name("edit"), args=[shop.pk]))
