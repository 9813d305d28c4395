"""The pages every ward has, what all pages share, and the ward's own settings."""

from wardmark.base.models.chores import ChoreRun
from wardmark.base.models.history import HistoryLine, HistoryQuerySet, LineIsForever, remembered_name
from wardmark.base.models.lists import HomePage, IndexPage
from wardmark.base.models.office_days import OfficeDay
from wardmark.base.models.pages import BasePage
from wardmark.base.models.photographed import Photographed
from wardmark.base.models.places import PlacePage
from wardmark.base.models.positioned import Positioned
from wardmark.base.models.texts import StandardPage
from wardmark.base.models.translations import TranslationState
from wardmark.base.models.ward import WardSettings, WardWording

__all__ = [
    "BasePage",
    "ChoreRun",
    "HistoryLine",
    "HistoryQuerySet",
    "HomePage",
    "IndexPage",
    "LineIsForever",
    "OfficeDay",
    "Photographed",
    "PlacePage",
    "Positioned",
    "StandardPage",
    "TranslationState",
    "WardSettings",
    "WardWording",
    "remembered_name",
]
