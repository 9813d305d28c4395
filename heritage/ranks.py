"""Which authority gives which rank to a site, as data.

Source: Law on Cultural Heritage of Việt Nam, No. 45/2024/QH15, on the competence to rank relics; the competences of
the law of 2001 (No. 28/2001/QH10, as amended in 2009) were the same.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Rank(TextChoices):
    """The ranks of the law on cultural heritage, and what is known of a site without one."""

    NATIONAL_SPECIAL = "national_special", _("Special national heritage site")
    NATIONAL = "national", _("National heritage site")
    CITY = "city", _("City heritage site")
    INVENTORIED = "inventoried", _("Inventoried heritage site")
    UNKNOWN = "unknown", _("Rank not yet confirmed")


class Authority(TextChoices):
    """Who decides on a rank."""

    PRIME_MINISTER = "prime_minister", _("Prime Minister")
    MINISTER = "minister", _("Minister responsible for culture")
    CITY_CHAIR = "city_chair", _("Chair of the city’s People’s Committee")


# The ranks that a decision gives, and who may take it. What is not here has no decision.
GIVEN_BY = {
    Rank.NATIONAL_SPECIAL: Authority.PRIME_MINISTER,
    Rank.NATIONAL: Authority.MINISTER,
    Rank.CITY: Authority.CITY_CHAIR,
}
RANKED = frozenset(GIVEN_BY)
