import pytest
from django.contrib.auth import get_user_model

from wardmark.base.models import HistoryLine, LineIsForever, remembered_name

User = get_user_model()
HISTORIES = HistoryLine.__subclasses__()


def test_every_history_of_the_house_is_one():
    assert {model._meta.label for model in HISTORIES} == {
        "plaques.PlaqueEvent",
        "reports.ReportEvent",
        "streets.FactChange",
        "streets.KeepingEvent",
        "streets.PaymentEvent",
    }


@pytest.mark.parametrize("model", HISTORIES)
def test_no_way_of_the_models_rewrites_or_deletes_a_line(model):
    line = model(pk=1)
    line._state.adding = False
    for attempt in (
        line.save,
        line.delete,
        model.objects.all().delete,
        lambda: model.objects.update(who="khác"),
        lambda: model.objects.bulk_update([line], ["who"]),
    ):
        with pytest.raises(LineIsForever):
            attempt()


@pytest.mark.parametrize("model", HISTORIES)
def test_staff_may_look_at_a_history_and_no_more(model):
    assert model._meta.default_permissions == ("view",)


def test_a_person_is_remembered_by_name_or_else_by_the_name_they_sign_in_with():
    assert remembered_name(User(first_name="Lan", last_name="Nguyễn", username="lan")) == "Lan Nguyễn"
    assert remembered_name(User(first_name="", last_name="", username="lan")) == "lan"


def test_the_longest_name_still_fits_into_a_line():
    person = User(first_name="L" * 150, last_name="N" * 150)
    assert remembered_name(person) == "L" * 150
