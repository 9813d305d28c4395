"""Who may do what at the step of Wagtail's workflow: whoever decides on the shop of that very page.

Wagtail asks the step for a member of its groups, whatever page it is about; a group may be for one street alone.
"""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, WorkflowState

from streets.changes.workflow import DECIDE
from streets.models import ShopPage
from streets.shop_rights import may, open_to
from wardmark.plaques.rights import may_edit_page


def may_decide_on(user: AbstractBaseUser | AnonymousUser, page: Page) -> bool:
    """Say whether this person decides on the shop of a page; of a page that they may edit it costs no query."""
    if not user.has_perm(DECIDE):
        return False
    if isinstance(page, ShopPage) and may_edit_page(user, page):
        return True
    found = ShopPage.objects.filter(pk=page.pk).select_related("shop").first()
    return found is not None and may(user, found.shop, DECIDE)


def states_open_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[WorkflowState]:
    """Return the workflows of the pages on whose shops this person decides, as `may_decide_on` says it of one."""
    mine = ShopPage.objects.filter(shop__in=open_to(user, DECIDE)).annotate(key=Cast("pk", CharField()))
    pages = ContentType.objects.get_for_model(Page)
    return WorkflowState.objects.filter(base_content_type=pages, object_id__in=mine.values("key"))
