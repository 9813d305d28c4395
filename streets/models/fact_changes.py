"""What was changed of a shop's daily facts, by whom and when. It only ever grows."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from streets.models.shops import Shop
from wardmark.base.models import HistoryLine


class FactChange(HistoryLine):
    """One field of a shop changed from one value to another; `before` is what an undo would set again."""

    shop = models.ForeignKey(Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="fact_changes")
    what = models.CharField(_("what"), max_length=60, editable=False)
    before = models.JSONField(_("before"), null=True, encoder=DjangoJSONEncoder, editable=False)
    after = models.JSONField(_("after"), null=True, encoder=DjangoJSONEncoder, editable=False)

    class Meta(HistoryLine.Meta):
        verbose_name = _("change of a shop’s facts")
        verbose_name_plural = _("changes of the shops’ facts")
        indexes = [models.Index(fields=["shop", "-at"], name="streets_changes_of_one_shop")]

    def __str__(self):
        return f"{self.shop_id} {self.at:%Y-%m-%d %H:%M} {self.what}"
