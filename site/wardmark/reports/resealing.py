"""What reports keep sealed: visitors' numbers, and who asked about personal data."""

from collections.abc import Iterator
from functools import partial

from django.db import transaction

from wardmark.base.resealing import Sealed
from wardmark.base.sealing import resealed
from wardmark.reports.models import SubjectRequest, VisitorReport


def sealed() -> Iterator[Sealed]:
    for pk in list(VisitorReport.objects.exclude(phone_sealed="").order_by("pk").values_list("pk", flat=True)):
        yield Sealed(f"number of report #{pk}", partial(_reseal_phone, pk))
    for pk in list(SubjectRequest.objects.exclude(sealed_asker="").order_by("pk").values_list("pk", flat=True)):
        yield Sealed(f"who asked in request #{pk} about personal data", partial(_reseal_asker, pk))


@transaction.atomic
def _reseal_phone(pk: int) -> bool:
    report = VisitorReport.objects.select_for_update().get(pk=pk)
    if not report.reseal_phone():
        return False
    report.save(update_fields=["phone_sealed", "phone_print"])
    return True


@transaction.atomic
def _reseal_asker(pk: int) -> bool:
    request = SubjectRequest.objects.select_for_update().get(pk=pk)
    if not request.sealed_asker:
        return False
    again = resealed(request.sealed_asker, bound_to=request.bound_to)
    if again == request.sealed_asker:
        return False
    request.sealed_asker = again
    request.save(update_fields=["sealed_asker"])
    return True
