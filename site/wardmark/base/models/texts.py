"""Pages of plain text."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from wardmark.base.blocks import StoryBlock
from wardmark.base.models.pages import BasePage


class StandardPage(BasePage):
    """A plain text page: about, privacy, how to use the codes."""

    story = StreamField(StoryBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("story")]
    search_fields = [*BasePage.search_fields, index.SearchField("story")]
    parent_page_types = ["base.HomePage", "base.StandardPage"]
    subpage_types = ["base.StandardPage"]

    class Meta:
        verbose_name = _("text page")
