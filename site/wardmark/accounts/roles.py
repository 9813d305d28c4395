"""What the ward's own staff may do, as data: permissions are named by string, so no content app is imported."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page


@dataclass(frozen=True, slots=True)
class Role:
    """A group and its permissions: on the whole tree of pages, on all uploads, and by `app.codename`."""

    group: str
    page_permissions: tuple[str, ...]
    collection_permissions: tuple[str, ...]
    permissions: tuple[str, ...]


def _may_keep(*models: str) -> tuple[str, ...]:
    """Name the add, change and delete permissions of models written `app.model`."""
    return tuple(
        f"{label}.{action}_{name}"
        for label, name in (model.split(".") for model in models)
        for action in ("add", "change", "delete")
    )


# Wagtail asks for the permissions of its own upload models, whichever models of ours stand in for them.
_UPLOADS = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
    "wagtailmedia.add_media",
    "wagtailmedia.change_media",
)

EDITOR = Role(
    group="Ward editors",
    page_permissions=("add_page", "change_page", "publish_page", "unlock_page"),
    collection_permissions=_UPLOADS,
    permissions=(
        "wagtailadmin.access_admin",
        "accounts.approve_phonechange",
        "base.change_wardsettings",
        "base.view_chorerun",
        "plaques.add_plaque",
        "plaques.add_printjob",
        "plaques.change_linkrequest",
        "plaques.change_plaque",
        "plaques.change_plaquealert",
        "plaques.view_plaque",
        "plaques.view_scancount",
        "reports.add_reportoutcome",
        "reports.change_visitorreport",
        "reports.delete_reportoutcome",
        "reports.view_visitorreport",
        "streets.view_measuresnapshot",
        "streets.approve_paymentaccount",
        "streets.request_paymentaccount",
        "streets.view_paymentaccount",
        "streets.add_assistedsession",
        "streets.add_claimletter",
        "streets.approve_ownershipchange",
        "streets.confirm_claim",
        "streets.decide_dispute",
        "streets.add_inspection",
        "streets.add_legaldocument",
        "streets.add_legalroute",
        "streets.add_selfcheck",
        "streets.change_inspection",
        "streets.change_inspectionreply",
        "streets.change_legaldocument",
        "streets.view_inspection",
        "streets.view_legaldocument",
        "streets.change_shop",
        "streets.decide_changerequest",
        "streets.view_changerequest",
        "wagtail_localize.submit_translation",
        *_may_keep(
            "heritage.heritagekind",
            "plaques.screen",
            "streets.bank",
            "streets.claimword",
            "streets.payeenamerule",
            "streets.exemptionclause",
            "streets.fooddecree",
            "streets.programme",
            "streets.selfcheckpoint",
            "streets.shopcategory",
            "wagtailredirects.redirect",
        ),
    ),
)
# Who asks about their data, and what the ward holds of them, is not every editor's business.
DATA_PROTECTION = Role(
    group="Data protection officers",
    page_permissions=(),
    collection_permissions=(),
    permissions=("wagtailadmin.access_admin", "reports.answer_subjectrequest"),
)
ROLES = (EDITOR, DATA_PROTECTION)


class UnknownPermission(LookupError):
    """A role names a permission that no installed app has."""


@transaction.atomic
def ensure_roles() -> list[Group]:
    """Make each role's group and give it what the role names; what people added by hand stays.

    Raises UnknownPermission, with nothing changed, when a name is not found.
    """
    return [_ensure(role) for role in ROLES]


def _ensure(role: Role) -> Group:
    group, _created = Group.objects.get_or_create(name=role.group)
    group.permissions.add(*_permissions(role.permissions))
    root = Page.get_first_root_node()
    for permission in _permissions(tuple(f"wagtailcore.{name}" for name in role.page_permissions)):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    uploads = Collection.get_first_root_node()
    for permission in _permissions(role.collection_permissions):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=uploads, permission=permission)
    return group


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    wanted = Q(pk__in=[])
    for name in names:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    found = list(Permission.objects.filter(wanted).select_related("content_type"))
    missing = set(names) - {f"{p.content_type.app_label}.{p.codename}" for p in found}
    if missing:
        raise UnknownPermission(", ".join(sorted(missing)))
    return found
