"""The blocks only a heritage site needs: claims with their sources, and what stands on old walls."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamValue
from wagtail.blocks.struct_block import StructBlockValidationError

from wardmark.base.blocks import PictureBlock, SourceBlock, StoryBlock
from wardmark.base.story_links import StoryTextBlock
from wardmark.base.story_pictures import StoryImageBlock


@dataclass(frozen=True, slots=True)
class Statement:
    """Something dated or disputed that the page says, and whether it says from where."""

    text: str
    has_source: bool

    @property
    def complaint(self) -> str:
        """What the editor is told of a statement without a source."""
        return gettext("“%(claim)s” names no source. Add one, or save a draft and publish later.") % {
            "claim": Truncator(self.text).words(12, truncate=" …")
        }


class Sources(blocks.ListBlock):
    """The sources of one statement. None is needed in a draft."""

    def __init__(self, **kwargs):
        super().__init__(SourceBlock(), **({"default": [], "label": _("Sources"), "icon": "link"} | kwargs))


class SourcedBlock(blocks.StructBlock):
    """A statement (`text`) that is published only with a source (`sources`)."""

    def clean(self, value):
        value = super().clean(value)
        said = self.statement(value)
        if not self.is_deferred_validation and not said.has_source:
            raise StructBlockValidationError({"sources": ListBlockValidationError(non_block_errors=[said.complaint])})
        return value

    @staticmethod
    def statement(value) -> Statement:
        return Statement(text=strip_tags(str(value["text"] or "")).strip(), has_source=bool(len(value["sources"])))


class AccountBlock(SourcedBlock):
    """What another source says of the same thing."""

    text = blocks.TextBlock(label=_("What it says"), rows=2)
    sources = Sources()

    class Meta:
        icon = "comment"
        label = _("Another account")


class ClaimBlock(SourcedBlock):
    """A dated or disputed statement: documented or told, with its source and whatever contradicts it."""

    kind = blocks.ChoiceBlock(
        label=_("How it is known"),
        choices=[("documented", _("Documented")), ("tradition", _("By tradition"))],
        default="documented",
        help_text=_("What is told but not documented is marked as tradition on the page."),
    )
    text = StoryTextBlock(label=_("Statement"), features=["bold", "italic", "link"])
    sources = Sources()
    others = blocks.ListBlock(
        AccountBlock(),
        label=_("Other accounts"),
        default=[],
        help_text=_("Where sources disagree, add what the others say. The page shows them side by side."),
    )

    class Meta:
        icon = "check"
        label = _("Claim with source")
        group = _("Facts")
        template = "heritage/blocks/claim.html"

    @classmethod
    def statements(cls, value) -> Iterator[Statement]:
        yield cls.statement(value)
        yield from map(cls.statement, value["others"])


class MomentBlock(SourcedBlock):
    when = blocks.CharBlock(label=_("When"), max_length=60, help_text=_("As it is known: “1680 or 1681”."))
    text = blocks.TextBlock(label=_("What happened"), rows=2)
    tradition = blocks.BooleanBlock(label=_("By tradition"), required=False)
    sources = Sources()

    class Meta:
        icon = "date"
        label = _("Moment")
        label_format = "{when}"

    @staticmethod
    def statement(value) -> Statement:
        said = SourcedBlock.statement(value)
        return Statement(text=f"{value['when']}: {said.text}", has_source=said.has_source)


class TimelineBlock(blocks.StructBlock):
    moments = blocks.ListBlock(MomentBlock(), label=_("Moments"), min_num=2)

    class Meta:
        icon = "history"
        label = _("Timeline")
        group = _("Facts")
        template = "heritage/blocks/timeline.html"

    @staticmethod
    def statements(value) -> Iterator[Statement]:
        yield from map(MomentBlock.statement, value["moments"])


class GalleryBlock(blocks.StructBlock):
    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=2, max_num=12)

    class Meta:
        icon = "image"
        label = _("Gallery")
        group = _("Pictures")
        template = "heritage/blocks/gallery.html"


class BeforeAfterBlock(blocks.StructBlock):
    """The same view at two times, both shown: nothing needs to be dragged."""

    before = StoryImageBlock(label=_("Before"))
    before_when = blocks.CharBlock(label=_("When it was so"), required=False, max_length=60)
    after = StoryImageBlock(label=_("After"))
    after_when = blocks.CharBlock(label=_("When it became so"), required=False, max_length=60)
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "view"
        label = _("Before and after")
        group = _("Pictures")
        template = "heritage/blocks/before_after.html"


# The tags of BCP 47 by which a browser chooses its letters: traditional Chinese, and Vietnamese in Han characters.
SCRIPTS = {"han": "zh-Hant", "nom": "vi-Hani"}


class InscriptionBlock(blocks.StructBlock):
    """Words on a board, a stele or a pair of couplets: as they stand, how they sound, what they mean."""

    place = blocks.CharBlock(
        label=_("Where it is"), required=False, max_length=120, help_text=_("For example “Board over the main hall”.")
    )
    script = blocks.ChoiceBlock(
        label=_("Script"),
        choices=[("han", _("Chinese characters (Hán)")), ("nom", _("Vietnamese characters (Nôm)"))],
        default="han",
    )
    original = blocks.TextBlock(label=_("Original"), rows=2, help_text=_("In its own characters, line by line."))
    reading = blocks.TextBlock(
        label=_("Sino-Vietnamese reading"), rows=2, required=False, help_text=_("The same in all languages.")
    )
    meaning = blocks.TextBlock(label=_("Meaning"), rows=2, required=False)
    sources = Sources()

    class Meta:
        icon = "openquote"
        label = _("Hán-Nôm inscription")
        group = _("Facts")
        template = "heritage/blocks/inscription.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        return context | {"original_language": SCRIPTS.get(value["script"], SCRIPTS["nom"])}


class HeritageStoryBlock(StoryBlock):
    """What a heritage site tells: the blocks of every story and those of old things."""

    # One level further down: the layer's own name stands above it.
    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", max_length=120, template="heritage/blocks/heading.html"
    )
    claim = ClaimBlock()
    timeline = TimelineBlock()
    inscription = InscriptionBlock()
    gallery = GalleryBlock()
    before_after = BeforeAfterBlock()
    notice = blocks.TextBlock(
        label=_("Respectful notice"),
        icon="warning",
        rows=2,
        max_length=300,
        help_text=_("What a guest should know before going in, said kindly."),
        template="heritage/blocks/notice.html",
    )


def statements(story: StreamValue) -> Iterator[Statement]:
    """Yield the claims of a story, each moment of its timelines and each other account among them, in order."""
    for child in story:
        if isinstance(child.block, ClaimBlock | TimelineBlock):
            yield from child.block.statements(child.value)


def unsourced(stories: Iterable[StreamValue]) -> list[Statement]:
    """Return the claims that name no source."""
    return [said for story in stories for said in statements(story) if not said.has_source]


def names_a_source(stories: Iterable[StreamValue]) -> bool:
    """Tell whether any of these stories says where something comes from."""
    return any(
        any(child.block_type == "source" for child in story) or any(said.has_source for said in statements(story))
        for story in stories
    )
