"""The blocks of a story."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class PictureBlock(blocks.StructBlock):
    picture = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "base/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    attribution = blocks.CharBlock(label=_("Who said or wrote it"), required=False, max_length=250)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "base/blocks/quote.html"


class SourceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Source"), max_length=250, help_text=_("Author, title, year, page."))
    url = blocks.URLBlock(label=_("Web address"), required=False)

    class Meta:
        icon = "link"
        label = _("Source")
        template = "base/blocks/source.html"


class StoryBlock(blocks.StreamBlock):
    """What a place tells: text first, each statement with its source."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", max_length=120, template="base/blocks/heading.html")
    paragraph = blocks.RichTextBlock(
        label=_("Paragraph"),
        icon="pilcrow",
        features=["bold", "italic", "link", "ol", "ul"],
        template="base/blocks/paragraph.html",
    )
    picture = PictureBlock()
    quote = QuoteBlock()
    source = SourceBlock()

    class Meta:
        block_counts: dict = {}
