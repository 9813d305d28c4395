from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StreetsConfig(AppConfig):
    name = "streets"
    verbose_name = _("Streets and shops")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_delete, post_migrate, post_save

        from streets import claim_permanence, food_permanence, permanence
        from streets.models import Bank
        from streets.payment_banks import on_bank_saved

        post_migrate.connect(permanence.on_migrated, sender=self, dispatch_uid="payment-accounts-never-change")
        post_save.connect(on_bank_saved, sender=Bank, dispatch_uid="bank-of-accounts")
        post_migrate.connect(food_permanence.on_migrated, sender=self, dispatch_uid="food-records-stay")
        post_migrate.connect(claim_permanence.on_migrated, sender=self, dispatch_uid="keeping-is-for-ever")
        from streets import owners_phones
        from streets.models import ShopMember
        from wardmark.accounts.models import PhoneChange, User

        hides = "owners-phone-hides-code"
        post_save.connect(owners_phones.on_phone_change_saved, sender=PhoneChange, dispatch_uid=hides)
        post_save.connect(owners_phones.on_member_saved, sender=ShopMember, dispatch_uid=hides)
        post_delete.connect(owners_phones.on_member_deleted, sender=ShopMember, dispatch_uid=hides)
        post_save.connect(owners_phones.on_account_saved, sender=User, dispatch_uid=hides)
        from wagtail.signals import page_published, post_page_move

        from streets import readdressing

        page_published.connect(readdressing.on_page_published, dispatch_uid="streets-readdress")
        post_page_move.connect(readdressing.on_page_moved, dispatch_uid="streets-readdress")
        from wagtail.signals import workflow_cancelled, workflow_rejected

        from streets.changes import workflow

        page_published.connect(workflow.on_page_published, dispatch_uid="streets-vendors-change")
        workflow_rejected.connect(workflow.on_workflow_rejected, dispatch_uid="streets-vendors-change")
        workflow_cancelled.connect(workflow.on_workflow_cancelled, dispatch_uid="streets-vendors-change")
