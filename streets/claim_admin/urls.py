from django.urls import path

from streets.claim_admin import deeds, letter_views, lists

app_name = "claim_admin"
urlpatterns = [
    path("", lists.WaitingView.as_view(), name="index"),
    path("shop/<int:pk>/", lists.ShopView.as_view(), name="shop"),
    path("shop/<int:pk>/letter/", letter_views.print_letter, name="print_letter"),
    path("shop/<int:pk>/dispute/", deeds.OpenDisputeView.as_view(), name="open_dispute"),
    path("shop/<int:pk>/pass-on/", deeds.AskChangeView.as_view(), name="ask_change"),
    path("shop/<int:pk>/assist/", deeds.AssistView.as_view(), name="assist"),
    path("letter/<int:pk>/cancel/", letter_views.cancel_letter, name="cancel_letter"),
    path("claim/<int:pk>/confirm/", deeds.ConfirmView.as_view(), name="confirm"),
    path("claim/<int:pk>/confirm/at-once/", deeds.confirm_at_once, name="confirm_at_once"),
    path("claim/<int:pk>/refuse/", deeds.RefuseView.as_view(), name="refuse"),
    path("dispute/<int:pk>/decide/", deeds.CloseDisputeView.as_view(), name="close_dispute"),
    path("ownership/<int:pk>/approve/", deeds.ApproveChangeView.as_view(), name="approve_change"),
    path("ownership/<int:pk>/refuse/", deeds.RefuseChangeView.as_view(), name="refuse_change"),
]
