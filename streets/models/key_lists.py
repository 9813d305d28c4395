"""A list of keys out of a fixed set, kept in the set's own order."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class KeyListField(models.JSONField):
    """What of `keys`, a TextChoices, holds; an unknown key is refused."""

    def __init__(self, *args, keys: type[models.TextChoices] | None = None, **kwargs):
        # None in the state of a migration alone.
        self.keys = keys
        super().__init__(*args, **{"default": list, "blank": True} | kwargs)

    def deconstruct(self):
        # To the database it is JSON: another key makes no migration.
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("keys", None)
        return name, "django.db.models.JSONField", args, kwargs

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if not isinstance(value, list) or not set(self.keys.values).issuperset(map(str, value)):
            raise ValidationError(_("This list holds something unknown."), code="keys")

    def pre_save(self, model_instance, add):
        chosen = getattr(model_instance, self.attname) or []
        ordered = [key for key in self.keys.values if key in chosen]
        setattr(model_instance, self.attname, ordered)
        return ordered

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=self.keys.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=kwargs.get("label", self.verbose_name),
            help_text=self.help_text,
        )

    def labels(self, value: list[str]) -> list[str]:
        """Return the words of the keys in the active language; a key of former days is left out."""
        return [str(self.keys(key).label) for key in value if key in self.keys.values]
