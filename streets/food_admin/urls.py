from django.urls import path

from streets.food_admin import deeds, file_views, shop_record, wizard
from streets.food_admin.report import ExpiryReport

app_name = "food_safety"
urlpatterns = [
    path("shop/<int:pk>/", shop_record.ShopRecordView.as_view(), name="shop"),
    path("shop/<int:pk>/route/", wizard.RouteWizardView.as_view(), name="route"),
    path("shop/<int:pk>/self-check/", deeds.SelfCheckView.as_view(), name="self_check"),
    path("document/<int:pk>/verify/", deeds.VerifyView.as_view(), name="verify"),
    path("document/<int:pk>/revoke/", deeds.RevokeView.as_view(), name="revoke"),
    path("document/<int:pk>/file/", file_views.document_file, name="document_file"),
    path("sent/<int:pk>/file/", file_views.sent_file, name="sent_file"),
    path("sent/<int:pk>/take/", deeds.TakePaperView.as_view(), name="take_paper"),
    path("sent/<int:pk>/refuse/", deeds.RefusePaperView.as_view(), name="refuse_paper"),
    path("finding/<int:pk>/photo/", file_views.finding_photo, name="finding_photo"),
    path("finding/<int:pk>/remedied/", deeds.RemediedView.as_view(), name="remedied"),
    path("inspection/<int:pk>/", shop_record.InspectionScreen.as_view(), name="inspection"),
    path("inspection/<int:pk>/finalise/", deeds.FinaliseView.as_view(), name="finalise"),
    path("inspection/<int:pk>/withhold/", deeds.WithholdView.as_view(), name="withhold"),
    path("inspection/<int:pk>/release/", deeds.ReleaseView.as_view(), name="release"),
    path("inspection/<int:pk>/correct/", deeds.CorrectView.as_view(), name="correct"),
    path("inspection/<int:pk>/reply/", deeds.ReplyView.as_view(), name="reply"),
    path("reply/<int:pk>/vet/", deeds.VetView.as_view(), name="vet"),
    path("waiting/", shop_record.WaitingView.as_view(), name="waiting"),
    path("reminder/<int:pk>/done/", deeds.ReminderDoneView.as_view(), name="reminder_done"),
    path("expiring/", ExpiryReport.as_view(), name="expiring"),
    path("expiring/results/", ExpiryReport.as_view(results_only=True), name="expiring_results"),
]
