"""The pages every ward has, what all pages share, and the ward's own settings."""

from wardmark.base.models.chores import ChoreRun
from wardmark.base.models.pages import BasePage, HomePage, IndexPage, PlacePage, StandardPage
from wardmark.base.models.positioned import Positioned
from wardmark.base.models.ward import WardSettings, WardWording

__all__ = [
    "BasePage",
    "ChoreRun",
    "HomePage",
    "IndexPage",
    "PlacePage",
    "Positioned",
    "StandardPage",
    "WardSettings",
    "WardWording",
]
