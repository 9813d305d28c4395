"""The admin's screens for the small lists that editors keep."""

from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet


class DayColumn(Column):
    """A day as the ward writes it. Wagtail's own column tells how long ago it was, and of a day to come “just now”."""

    def get_value(self, instance):
        day = super().get_value(instance)
        return date_format(day, "SHORT_DATE_FORMAT") if day else ""


class WordedViewSet(SnippetViewSet):
    """A list of worded records, in one query with all their words."""

    list_display = ["__str__", "key"]
    ordering = ["key"]

    def get_queryset(self, request):
        return self.model.objects.prefetch_related("wordings")
