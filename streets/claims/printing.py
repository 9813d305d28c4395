"""Claim letters as a PDF: made, worded, drawn, and every symbol read back before anybody gets them.

The PDF is kept nowhere: it alone has the codes. That is why there is no job to come back to, but a limit on how many
are made at once: docs/decisions/0033-claims.md.
"""

from collections.abc import Sequence
from datetime import datetime

import pypdfium2
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.models import Site

from streets.claims.errors import NotPossible
from streets.claims.handed_codes import grouped
from streets.claims.letter_sheet import LETTER, Letter, as_pdf
from streets.claims.letters import Issued, issue_for
from streets.models import Shop
from wardmark.base.languages import source_language
from wardmark.base.models import WardSettings
from wardmark.plaques.artwork import ArtworkRefused
from wardmark.plaques.inscriptions import proof_reason
from wardmark.plaques.proof import PDFIUM, POINTS_PER_INCH, NotProved, read_back

PROOF_DPI = 150
# Under two seconds of a processor, every symbol read back (measured: 40 letters in 0.74 s).
MOST_AT_ONCE = 100


@transaction.atomic
def print_letters(*, shops: Sequence[Shop], by: AbstractBaseUser, now: datetime) -> bytes:
    """Make new letters for these shops and return them as one PDF, a page each; all or none.

    Raises KeepingRefused for a shop that gets none, or for too many, and ArtworkRefused, in the active language.
    """
    if len(shops) > MOST_AT_ONCE:
        raise NotPossible(
            ngettext(
                "At most %(most)d letter is made at once. Please choose fewer shops.",
                "At most %(most)d letters are made at once. Please choose fewer shops.",
                MOST_AT_ONCE,
            )
            % {"most": MOST_AT_ONCE}
        )
    issued = issue_for(shops=shops, by=by, now=now)
    reason = proof_reason()
    with override(source_language()):
        letters = [_worded(one, reason=reason) for one in issued]
        pdf = as_pdf(letters)
    try:
        _prove(pdf, [letter.link for letter in letters])
    except NotProved as failure:
        raise ArtworkRefused(_("The letter’s symbol does not read back as its address.")) from failure
    return pdf


def _worded(issued: Issued, *, reason: str) -> Letter:
    """Write one letter, in the language of the ward: whoever gets it sells here."""
    letter = issued.letter
    link = f"{settings.PLAQUE_BASE_URL}{reverse('claims:letter', args=[letter.serial])}"
    ward = WardSettings.worded(Site.objects.filter(is_default_site=True).first())
    hotline = ward.hotline if ward else ""
    day = date_format(timezone.localtime(letter.valid_until), "SHORT_DATE_FORMAT")
    return Letter(
        serial=letter.printed_serial,
        link=link,
        typed_address=f"{settings.PLAQUE_BASE_URL}{reverse('claims:start')}".partition("://")[2],
        ward=ward.wording.name if ward and ward.wording else "",
        seal_letters=ward.seal_letters if ward else "",
        title=_("Your shop’s page is yours"),
        shop=str(letter.shop),
        greeting=_(
            "Your shop has a page on the ward’s site. With this letter you take it over: you say yourself when you "
            "are open, what you sell and what it costs. It costs nothing."
        ),
        steps=(
            _("Scan this code with your phone."),
            _("Type the 8 characters below and your mobile number."),
            _("Choose how you sign in. An officer then confirms that the shop is yours."),
        ),
        code_label=_("Your code, for you alone"),
        code=grouped(issued.code),
        valid=_("Good once, until %(day)s. After 5 wrong tries you need a new letter.") % {"day": day},
        help=_("Questions, or not your shop? Call the ward: %(hotline)s") % {"hotline": hotline}
        if hotline
        else _("Questions, or not your shop? Ask at the ward’s office."),
        warning=(
            _("The ward never asks for money, and never for a bank password or a bank’s code."),
            _("Give the code to nobody, not on the telephone either. An officer gives you this letter by hand."),
        ),
        foot=_("Printed on %(day)s") % {"day": date_format(timezone.localtime(letter.made_at), "SHORT_DATE_FORMAT")},
        proof_reason=reason,
    )


def _prove(pdf: bytes, links: Sequence[str]) -> None:
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        for page, link in zip(document, links, strict=True):
            picture = page.render(scale=PROOF_DPI / POINTS_PER_INCH, grayscale=True).to_pil()
            read_back(picture, link, level=LETTER.level)
