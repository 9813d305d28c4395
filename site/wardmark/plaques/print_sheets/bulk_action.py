"""“Print plaques” in every list of pages."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from wardmark.plaques.inscriptions import proof_reason
from wardmark.plaques.print_sheets.choosing import plaques_of
from wardmark.plaques.print_sheets.forms import PrintForm
from wardmark.plaques.print_sheets.ordering import OrderRefused
from wardmark.plaques.print_sheets.views import may_print
from wardmark.plaques.rights import may_edit_page


class PrintPlaquesBulkAction(PageBulkAction):
    """Asks for format and output, orders the job, and leads to its page."""

    display_name = _("Print plaques")
    aria_label = _("Print the plaques of the selected pages")
    action_type = "print_plaques"
    template_name = "plaques/admin/print/bulk.html"
    action_priority = 50
    form_class = PrintForm

    def check_perm(self, page) -> bool:
        return may_print(self.request.user) and may_edit_page(self.request.user, page)

    def get_context_data(self, **kwargs) -> dict:
        return {**super().get_context_data(**kwargs), "proof_reason": proof_reason()}

    def prepare_action(self, objects, objects_without_access):
        """Order what is chosen; the answer given here is the whole action's."""
        plaques = plaques_of(Page.objects.filter(pk__in=[page.pk for page in objects]))
        try:
            job = self.cleaned_form.order(plaques, self.request.user)
        except OrderRefused as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.next_url)
        return redirect("plaques_admin:print_job", job.pk)
