"""Who may see, fetch and cancel which print jobs: their own, and those whose every plaque they might have ordered."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from wardmark.plaques.models import Plaque, PrintJob, PrintPiece
from wardmark.plaques.print_sheets.choosing import editable_pages
from wardmark.plaques.rights import those_open_to

PERMISSION = "plaques.add_printjob"


def jobs_open_to(user: AbstractBaseUser) -> QuerySet[PrintJob]:
    """Return the jobs this person may see, fetch and cancel, in a number of queries that does not grow with them."""
    if not user.has_perm(PERMISSION):
        return PrintJob.objects.none()
    if user.is_superuser:
        return PrintJob.objects.all()
    foreign = PrintPiece.objects.filter(_of_others(user), job=OuterRef("pk"))
    return PrintJob.objects.filter(Q(made_by=user) | ~Exists(foreign))


def _of_others(user: AbstractBaseUser) -> Q:
    """Match pieces of plaques whose page this person may not edit; of deleted pages, the nearest one above decides."""
    pages = Page.objects.values("translation_key")
    of_pages = Q(plaque__page_key__in=pages) & ~Q(plaque__page_key__in=editable_pages(user).values("translation_key"))
    ordered = PrintPiece.objects.exclude(job__made_by=user).values("plaque")
    gone = list(Plaque.objects.filter(pk__in=ordered).exclude(page_key=None).exclude(page_key__in=pages))
    open_ones = those_open_to(user, gone, PERMISSION)
    return of_pages | Q(plaque__in=[plaque.pk for plaque in gone if plaque.pk not in open_ones])
