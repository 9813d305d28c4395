"""The stylesheet of the admin's lists is in every screen, and means the box that Wagtail's lists stand in."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import get_template
from wagtail import hooks


def test_the_stylesheet_is_in_every_screen():
    links = [str(link()) for link in hooks.get_hooks("insert_global_admin_css")]
    assert [link for link in links if "base/admin-lists" in link]


def test_the_box_it_means_is_there():
    rules = Path(finders.find("base/admin-lists.css")).read_text()
    listing = Path(get_template("wagtailadmin/generic/listing.html").origin.name).read_text()
    assert "#listing-results {" in rules
    assert 'id="listing-results"' in listing
