"""The records of heritage, one file per aggregate."""

from heritage.models.audio_guides import AudioGuide
from heritage.models.festivals import Festival, FestivalCalendar
from heritage.models.kinds import HeritageKind, HeritageKindWording, SchemaType
from heritage.models.people import Honour, PersonKind, PersonPage
from heritage.models.sites import HeritageIndexPage, HeritageSitePage
from heritage.models.trails import TrailIndexPage, TrailPage, TrailStop
from heritage.ranks import RANKED, Authority, Rank

__all__ = [
    "RANKED",
    "AudioGuide",
    "Authority",
    "Festival",
    "FestivalCalendar",
    "HeritageIndexPage",
    "HeritageKind",
    "HeritageKindWording",
    "HeritageSitePage",
    "Honour",
    "PersonKind",
    "PersonPage",
    "Rank",
    "SchemaType",
    "TrailIndexPage",
    "TrailPage",
    "TrailStop",
]
