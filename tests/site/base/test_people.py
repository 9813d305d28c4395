from django.contrib.auth import get_user_model

from wardmark.base.people import person_name

User = get_user_model()


def test_a_person_has_a_name_or_what_they_sign_in_with_and_nobody_has_none():
    assert person_name(User(first_name="Lan", last_name="Nguyễn", username="lan")) == "Lan Nguyễn"
    assert person_name(User(username="lan")) == "lan"
    assert person_name(None) == ""
