"""A drawing on the map as a field of a model, and as a field of a form."""

from typing import Any

from django import forms
from django.db import models

from wardmark.base.geometry import GeoJson, Shape, as_text, read_geometry


class GeometryFormField(forms.CharField):
    """Takes what `read_geometry` reads, and shows it again as text."""

    widget = forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"})

    def __init__(self, *, shape: Shape, **kwargs: Any):
        super().__init__(empty_value=None, **kwargs)
        self.shape = shape

    def to_python(self, value: Any) -> GeoJson | None:
        text = super().to_python(value)
        return text if text is None else read_geometry(text, self.shape)

    def prepare_value(self, value: Any) -> str:
        return as_text(value) if isinstance(value, dict) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class GeometryField(models.JSONField):
    """GeoJSON of lines or of areas, or None. A form takes it as text: see `geometry.read_geometry`."""

    def __init__(self, *args: Any, shape: Shape = Shape.LINES, **kwargs: Any):
        self.shape = Shape(shape)
        super().__init__(*args, null=True, blank=True, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["null"], kwargs["blank"]
        return name, path, args, kwargs | {"shape": str(self.shape)}

    def formfield(self, **kwargs: Any) -> Any:
        # Past the form field of JSONField, which would show its error of syntax instead of ours.
        return models.Field.formfield(self, **{"form_class": GeometryFormField, "shape": self.shape, **kwargs})
