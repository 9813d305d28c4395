"""The recordings heard on the page of a heritage site, one per language."""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.queryset import FakeQuerySet
from wagtail.admin.panels import InlinePanel
from wagtail.models import Orderable, Page
from wagtailmedia.edit_handlers import MediaChooserPanel

from media.models import Audio
from wardmark.base.languages import in_language
from wardmark.base.story_recordings import no_words


class AudioGuide(Orderable):
    """A recording on a site's page. What is spoken, its language, words and chapters, belongs to the recording.

    All languages of a page share the list, as wagtail-localize keeps it: who reads the English page while only a
    Vietnamese recording exists is offered that one, with a label.
    """

    site = ParentalKey("heritage.HeritageSitePage", on_delete=models.CASCADE, related_name="audio_guides")
    # Wagtail asks before it deletes a recording, and names the pages; then the page goes on without it.
    audio = models.ForeignKey(Audio, verbose_name=_("recording"), on_delete=models.CASCADE, related_name="+")

    panels = [MediaChooserPanel("audio", media_type="audio")]

    class Meta(Orderable.Meta):
        verbose_name = _("audio guide")
        verbose_name_plural = _("audio guides")

    def __str__(self):
        return self.audio.title

    @property
    def language(self) -> str:
        return self.audio.language


def guide_panels() -> list[InlinePanel]:
    """Return what a site's editor needs to choose recordings."""
    return [
        InlinePanel(
            "audio_guides",
            label=_("Recording"),
            heading=_("Audio guide"),
            help_text=_("One recording per language. Its transcript is needed to publish."),
        )
    ]


def guides_of(site: models.Model, *, besides: set[int]) -> tuple[list[AudioGuide], dict[int, Audio]]:
    """Return the recordings of a page, the one to offer first, and those of these keys, all in one query."""
    written = site.audio_guides.get_queryset()
    chosen = list(written) if isinstance(written, FakeQuerySet) else None
    if chosen is None:
        chosen, found = _stored_guides(site, besides)
    else:
        # A preview: what is not saved yet.
        found = Audio.objects.in_bulk(besides | {guide.audio_id for guide in chosen})
        chosen = [guide for guide in chosen if guide.audio_id in found]
    for guide in chosen:
        guide.audio = found[guide.audio_id]
    offered = in_language(chosen)
    guides = [] if offered is None else [offered, *(guide for guide in chosen if guide is not offered)]
    return guides, found


def _stored_guides(site: models.Model, besides: set[int]) -> tuple[list[AudioGuide], dict[int, Audio]]:
    stored = AudioGuide.objects.filter(site=site)
    of_recording = stored.filter(audio=OuterRef("pk")).order_by("sort_order", "pk")
    rows = Audio.objects.filter(Q(pk__in=besides) | Q(pk__in=stored.values("audio"))).annotate(
        guide=Subquery(of_recording.values("pk")[:1]), place=Subquery(of_recording.values("sort_order")[:1])
    )
    found = {recording.pk: recording for recording in rows}
    guides = [
        AudioGuide(pk=recording.guide, site=site, audio=recording, sort_order=recording.place)
        for recording in found.values()
        if recording.guide is not None
    ]
    return sorted(guides, key=lambda guide: (guide.sort_order or 0, guide.pk)), found


def recordings_weigh(pages: Iterable[Page]) -> int:
    """Return the bytes of the recordings these pages offer first, together, in one query. Pages of any kind."""
    languages = {page.pk: page.locale.language_code for page in pages}
    by_site: dict[int, list[AudioGuide]] = {}
    for guide in AudioGuide.objects.filter(site__in=languages).select_related("audio"):
        by_site.setdefault(guide.site_id, []).append(guide)
    return sum(in_language(guides, languages[site]).audio.size for site, guides in by_site.items())


def what_hinders_guides(guides: Iterable[AudioGuide]) -> Iterator[tuple[AudioGuide, str]]:
    """Yield what keeps a page from being published, with the recording: words unwritten, or a language twice."""
    languages = set()
    for guide in guides:
        if not guide.audio_id:
            continue
        if not guide.audio.has_its_words:
            yield guide, no_words(guide.audio)
        if guide.language in languages:
            named = {"title": guide.audio.title, "language": guide.audio.language_name}
            yield (
                guide,
                gettext("“%(title)s” is a second recording in %(language)s; a page has one per language.") % named,
            )
        languages.add(guide.language)
