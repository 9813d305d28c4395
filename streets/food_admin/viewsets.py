"""The menu group "Food safety": papers, inspections, and the law they rest on."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import (
    CreateView,
    SnippetViewSetGroup,
)

from streets.food_admin.law_in_use import LawDeleteView
from streets.kept_words import faults_in
from streets.legal_documents import hinders_holder
from streets.models import ExemptionClause, FoodDecree, Inspection, LegalDocument, SelfCheckPoint, Shop
from streets.paper_status import STATUSES_OF_A_PAPER
from streets.private_files import cleaned_private_file
from streets.shop_record_views import RecordEditView, ShopRecordViewSet
from streets.shop_rights import ShopRecordPolicy, may
from wardmark.base.viewsets import DayColumn, WordedViewSet


class RecordedByCreateView(CreateView):
    """Notes who wrote a record, and begins with the shop that the address names."""

    def get_initial_form_instance(self) -> Any:
        instance = super().get_initial_form_instance() or self.model()
        shop = self.request.GET.get("shop", "")
        if shop.isdecimal() and Shop.objects.filter(pk=shop).exists():
            instance.shop_id = int(shop)
        return instance

    def save_instance(self) -> Any:
        self.form.instance.recorded_by = self.request.user
        return super().save_instance()


class ShopRecordForm(WagtailAdminModelForm):
    """The form of a record of a shop: nobody moves one to a shop that is not theirs to keep."""

    def clean_shop(self):
        shop = self.cleaned_data["shop"]
        options = self._meta.model._meta
        right = f"{options.app_label}.{'change' if self.instance.pk else 'add'}_{options.model_name}"
        if not may(self.for_user, shop, right):
            raise ValidationError(_("You may not keep records of this shop."))
        return shop


class DocumentForm(ShopRecordForm):
    def clean_file(self):
        upload = self.cleaned_data.get("file")
        return cleaned_private_file(upload) if upload and "file" in self.changed_data else upload

    def _post_clean(self):
        super()._post_clean()
        if not self.errors and (why := hinders_holder(self.instance)):
            self.add_error("holder", why)


class DocumentFilter(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        label=_("status today"),
        choices=[(status.value, status.label) for status in STATUSES_OF_A_PAPER],
        method="with_status",
    )

    class Meta:
        model = LegalDocument
        fields = ["kind", "issued_on", "expires_on", "verified_on", "revoked_on"]

    def with_status(self, papers, name, value):
        return papers.with_status_on(timezone.localdate()).filter(told_status=value)


class LegalDocumentViewSet(ShopRecordViewSet):
    model = LegalDocument
    icon = "doc-full"
    admin_url_namespace = "food_document"
    add_view_class = RecordedByCreateView
    list_display = [
        "__str__",
        Column("shop", label=_("Shop")),
        DayColumn("issued_on", label=_("issued on")),
        DayColumn("expires_on", label=_("valid until")),
        Column("status_label", label=_("status")),
    ]
    filterset_class = DocumentFilter
    ordering = ["-issued_on", "-pk"]
    edit_handler = ObjectList(
        [
            FieldPanel("shop"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("quality_system")]),
            FieldRowPanel([FieldPanel("number"), FieldPanel("authority")]),
            FieldRowPanel([FieldPanel("issued_on"), FieldPanel("expires_on")]),
            FieldPanel("scope"),
            MultiFieldPanel([FieldPanel("holder"), FieldPanel("other_holder_why")], _("made out to")),
            FieldPanel("file"),
        ],
        base_form_class=DocumentForm,
    )

    def get_queryset(self, request):
        return LegalDocument.objects.select_related("shop")


class InspectionForm(ShopRecordForm):
    """An inspection with its findings; a photo of one is judged by its content."""

    def is_valid(self):
        rows = self.formsets.get("findings") if hasattr(self, "formsets") else None
        return super().is_valid() and (rows is None or self._rows_are_fine(rows))

    def _rows_are_fine(self, rows) -> bool:
        for row in rows.forms:
            if row.cleaned_data.get("DELETE"):
                continue
            # A new finding does not know its inspection yet, whose own check therefore passes over these.
            for name in ("deadline", "remedied_on"):
                day = row.cleaned_data.get(name)
                if day and day < self.instance.inspected_on:
                    row.add_error(name, _("This day is before the inspection."))
            said = {name: row.cleaned_data.get(name) or "" for name in row.instance.WORDS}
            for name, fault in faults_in(said, shop=self.instance.shop).items():
                row.add_error(name, fault)
            photo = row.cleaned_data.get("photo")
            if photo and "photo" in row.changed_data:
                try:
                    row.instance.photo = cleaned_private_file(photo)
                except ValidationError as refused:
                    row.add_error("photo", refused)
        return rows.is_valid()


class InspectionPolicy(ShopRecordPolicy):
    """A finalised record is deleted by nobody."""

    def user_has_permission_for_instance(self, user, action, instance):
        is_kept = action == "delete" and instance.finalised_on is not None
        return not is_kept and super().user_has_permission_for_instance(user, action, instance)


class InspectionEditView(RecordEditView):
    """The form of a record that is being written; a finalised one leads to its own screen."""

    def save_instance(self) -> Any:
        # Whoever wrote last must find another officer to finalise it.
        if self.form.has_changed():
            self.form.instance.recorded_by = self.request.user
        return super().save_instance()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.finalised_on is not None:
            return redirect("food_safety:inspection", self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class InspectionViewSet(ShopRecordViewSet):
    model = Inspection
    icon = "clipboard-list"
    admin_url_namespace = "food_inspection"
    add_view_class = RecordedByCreateView
    edit_view_class = InspectionEditView
    list_display = [
        Column("shop", label=_("Shop")),
        Column("get_kind_display", label=_("kind of inspection")),
        DayColumn("inspected_on", label=_("inspected on")),
        Column("get_outcome_display", label=_("outcome")),
        Column("stage_label", label=_("stage")),
    ]
    list_filter = ["kind", "outcome", "inspected_on", "finalised_on"]
    edit_handler = ObjectList(Inspection.panels, base_form_class=InspectionForm)
    ordering = ["-inspected_on", "-pk"]

    def get_queryset(self, request):
        return Inspection.objects.select_related("shop", "corrected_by")


class FoodDecreeViewSet(WordedViewSet):
    model = FoodDecree
    delete_view_class = LawDeleteView
    icon = "form"
    list_display = ["number", "in_force_from", Column("state_label", label=_("today"))]
    ordering = ["-in_force_from", "number"]


class ExemptionClauseViewSet(WordedViewSet):
    model = ExemptionClause
    delete_view_class = LawDeleteView
    icon = "list-ol"
    list_display = ["__str__", Column("get_situation_display", label=_("whom it exempts"))]
    ordering = ["decree", "pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("decree")


class SelfCheckPointViewSet(WordedViewSet):
    model = SelfCheckPoint
    delete_view_class = LawDeleteView
    icon = "tick"
    list_display = ["__str__", "basis"]
    ordering = ["sort_order", "key"]


class FoodSafetyGroup(SnippetViewSetGroup):
    menu_label = _("Food safety")
    menu_name = "food-safety"
    menu_icon = "clipboard-list"
    menu_order = 255
    items = (
        LegalDocumentViewSet,
        InspectionViewSet,
        FoodDecreeViewSet,
        ExemptionClauseViewSet,
        SelfCheckPointViewSet,
    )


# Rights over records that have no list of their own to be chosen in the editor of groups.
FURTHER_RIGHTS = ("add_legalroute", "add_selfcheck", "change_inspectionreply")
