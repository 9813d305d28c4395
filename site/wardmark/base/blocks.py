"""The blocks of a story."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from wardmark.base.story_links import StoryTextBlock
from wardmark.base.story_pictures import StoryImageBlock, StoryImageChooserBlock
from wardmark.base.story_recordings import StoryFilmChooserBlock, StorySoundChooserBlock, no_words
from wardmark.base.video_links import UnknownAddress, known_sites, plain_address, site_of

MEGABYTES_AT_MOST = 2000


class PictureBlock(blocks.StructBlock):
    picture = StoryImageBlock(label=_("Picture"))
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
    text = blocks.CharBlock(label=_("What it is"), max_length=250, help_text=_("Author, title, year, page."))
    url = blocks.URLBlock(label=_("Web address"), required=False)

    class Meta:
        icon = "link"
        label = _("Source")
        label_format = "{text}"
        template = "base/blocks/source.html"


class RecordingBlock(blocks.StructBlock):
    """Something to hear or see, which is published only with its words in writing."""

    def clean(self, value):
        value = super().clean(value)
        recording = value["recording"]
        if not self.is_deferred_validation and recording is not None and not recording.has_its_words:
            raise StructBlockValidationError({"recording": ValidationError(no_words(recording))})
        return value


class AudioBlock(RecordingBlock):
    recording = StorySoundChooserBlock(
        label=_("Recording"), help_text=_("Its transcript, which it needs to be published, is written in the library.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "wagtailmedia-audio"
        label = _("Audio recording")
        group = _("Sound and video")
        template = "base/blocks/audio.html"


class VideoBlock(RecordingBlock):
    recording = StoryFilmChooserBlock(
        label=_("Video"),
        help_text=_("It needs captions or a transcript to be published; they are kept with it in the library."),
    )
    image = StoryImageChooserBlock(
        label=_("Picture before it plays"), help_text=_("What visitors see until they tap: nothing else is loaded.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "wagtailmedia-video"
        label = _("Video")
        group = _("Sound and video")
        template = "base/blocks/video.html"


class VideoAddressBlock(blocks.URLBlock):
    """An address on one of the sites of `VIDEO_SITES`, kept in its plain form."""

    def clean(self, value):
        # People paste what a phone shares, which may begin without https://.
        value = value.strip() if isinstance(value, str) else value
        if value and "://" not in value:
            value = f"https://{value}"
        value = super().clean(value)
        if not value:
            return value
        try:
            return plain_address(value)
        except UnknownAddress as error:
            raise ValidationError(
                gettext("This is not the address of a video on %(sites)s.") % {"sites": ", ".join(known_sites())},
                code="unknown_video_site",
            ) from error

    def deconstruct(self):
        return ("wagtail.blocks.URLBlock", *super().deconstruct()[1:])


class VideoLinkBlock(blocks.StructBlock):
    """A film on another site: a picture of ours that leads there. Nothing is loaded from there."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    address = VideoAddressBlock(
        label=_("Web address"),
        help_text=_("As it is shared on YouTube or Vimeo. What tells who shared it is removed."),
    )
    image = StoryImageChooserBlock(label=_("Picture"), help_text=_("From our own library, to tap on."))
    megabytes = blocks.IntegerBlock(
        label=_("Megabytes"),
        required=False,
        min_value=1,
        max_value=MEGABYTES_AT_MOST,
        help_text=_("About how much a phone loads to watch it, if you know: 10 for a minute is usual."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "link-external"
        label = _("Video on another site")
        group = _("Sound and video")
        template = "base/blocks/video_link.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        try:
            return context | {"site_name": site_of(value["address"])}
        except UnknownAddress:
            # The ward has taken this site off its list: visitors are no longer led there.
            return context | {"site_name": ""}


class StoryBlock(blocks.StreamBlock):
    """What a place tells: text first, each statement with its source."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", max_length=120, template="base/blocks/heading.html")
    paragraph = StoryTextBlock(
        label=_("Paragraph"),
        icon="pilcrow",
        features=["bold", "italic", "link", "ol", "ul"],
        template="base/blocks/paragraph.html",
    )
    picture = PictureBlock()
    quote = QuoteBlock()
    source = SourceBlock()
    audio = AudioBlock()
    video = VideoBlock()
    video_link = VideoLinkBlock()

    class Meta:
        block_counts: dict = {}
