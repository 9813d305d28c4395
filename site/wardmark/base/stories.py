"""The stories of a page with all they show, in as few queries as can be, however many blocks there are.

Wagtail fetches pictures, recordings and links block by block and story by story, and renditions picture by picture.
"""

from collections.abc import Iterable
from itertools import accumulate, pairwise

from wagtail.blocks.stream_block import StreamValue

from media.models import Audio, Picture
from wardmark.base.story_links import addresses_at_hand, addresses_of, linked_keys
from wardmark.base.story_pictures import picture_keys, pictures_at_hand, with_their_renditions
from wardmark.base.story_recordings import recording_keys, recordings_at_hand


def told_together(
    stories: Iterable[StreamValue],
    *,
    besides: Iterable[Picture | None] = (),
    recordings: dict[int, Audio] | None = None,
) -> list[list[StreamValue.StreamChild]]:
    """Return the blocks of each story; their pictures and those `besides` have their renditions at hand.

    One query for the pictures, one for the recordings and one for the pages linked to, none where a story has none.
    `recordings` are those of the stories, where they have been fetched already.
    """
    stories = list(stories)
    raw = [story.get_prep_value() for story in stories]
    blocks = [block for blocks_of in raw for block in blocks_of]
    pictures = with_their_renditions(picture_keys(stories), [picture for picture in besides if picture])
    if recordings is None:
        keys = recording_keys(stories)
        recordings = Audio.objects.in_bulk(keys) if keys else {}
    addresses = addresses_of(linked_keys(stories))
    with pictures_at_hand(pictures), recordings_at_hand(recordings), addresses_at_hand(addresses):
        children = list(StreamValue(stories[0].stream_block, blocks, is_lazy=True))
    return [children[start:end] for start, end in pairwise(accumulate(map(len, raw), initial=0))]
