from wagtail.snippets.models import register_snippet

from streets.viewsets import StreetsGroup

register_snippet(StreetsGroup)
