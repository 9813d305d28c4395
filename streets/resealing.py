"""What streets keep sealed: account numbers, and telephone numbers of claims and invitations that are open."""

from collections.abc import Iterator
from functools import partial

from streets import payments
from streets.claims import membership, settling
from streets.models import Claim, MemberInvitation, PaymentAccount
from wardmark.base.resealing import Sealed


def sealed() -> Iterator[Sealed]:
    for account in list(PaymentAccount.objects.select_related("shop").order_by("pk")):
        yield Sealed(f"account {account.printed_serial}", partial(payments.reseal, account=account))
    for claim in list(Claim.objects.exclude(sealed_phone="").select_related("letter").order_by("pk")):
        yield Sealed(f"claim {claim.letter.printed_serial}", partial(settling.reseal, claim))
    for invitation in list(MemberInvitation.objects.exclude(sealed_phone="").order_by("pk")):
        yield Sealed(f"invitation {invitation.printed_serial}", partial(membership.reseal, invitation))
