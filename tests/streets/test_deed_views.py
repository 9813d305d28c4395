from django.utils.translation import override

from streets.claims.errors import NoSuchCode
from streets.deed_views import in_words
from wardmark.accounts.phones import PhoneTaken


def test_a_refusal_is_said_in_words_whichever_way_it_carries_them():
    with override("en"):
        assert in_words(NoSuchCode()).startswith("This is not how a code looks")
        assert in_words(PhoneTaken()).startswith("Somebody signs in with this number already")
