"""Screens in public places that show pages of the ward in turn, each with its code."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from wardmark.plaques.artwork.limits import figure
from wardmark.plaques.screens.fitting import Measures


class Screen(ClusterableModel):
    """A television or LED wall: how large it is, from how far it is read, and what it shows."""

    name = models.CharField(
        _("name"), max_length=120, help_text=_("Where it hangs, for example “Bộ phận một cửa, tầng 1”.")
    )
    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("The end of its address, without accents and spaces.")
    )
    width_cm = models.PositiveSmallIntegerField(
        _("width of the picture in cm"),
        validators=[MinValueValidator(20), MaxValueValidator(3000)],
        help_text=_("Measured as it hangs, without the frame. A 55-inch television is 121 cm wide and 68 cm high."),
    )
    height_cm = models.PositiveSmallIntegerField(
        _("height of the picture in cm"), validators=[MinValueValidator(20), MaxValueValidator(3000)]
    )
    distance_m = models.DecimalField(
        _("reading distance in metres"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal(100))],
        help_text=_("From how far away people scan it. A phone reads a code from ten times its width."),
    )
    seconds = models.PositiveSmallIntegerField(
        _("seconds for each page"),
        default=20,
        validators=[MinValueValidator(8), MaxValueValidator(600)],
        help_text=_("Taking out a phone and scanning takes about 15 seconds."),
    )

    class Meta:
        verbose_name = _("screen")
        verbose_name_plural = _("screens")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if None in (self.width_cm, self.height_cm, self.distance_m):
            return
        measures = self.measures
        if not measures.fits:
            raise ValidationError(
                {
                    "distance_m": _(
                        "From %(distance)s m the code must be %(needed)s cm wide with its white margin; this screen "
                        "has room for %(room)s cm. It can be read from up to %(farthest)s m."
                    )
                    % {
                        "distance": figure(measures.distance_m),
                        "needed": figure(measures.side_cm),
                        "room": figure(measures.room_cm),
                        "farthest": figure(measures.farthest_m),
                    }
                }
            )

    @property
    def measures(self) -> Measures:
        return Measures(float(self.width_cm), float(self.height_cm), float(self.distance_m))


class ScreenPage(Orderable):
    """A page that a screen shows, in its turn."""

    screen = ParentalKey(Screen, on_delete=models.CASCADE, related_name="entries")
    page = models.ForeignKey("wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    class Meta(Orderable.Meta):
        verbose_name = _("page on a screen")

    def __str__(self):
        return str(self.page)
