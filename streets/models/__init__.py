"""Streets, their programmes, the shops along them, and what the ward records of those that serve food."""

from streets.models.assisted_sessions import AssistedSession, ConfirmedHow
from streets.models.banks import Bank, PayeeNameRule
from streets.models.card_checks import CardCheck, CardFinding
from streets.models.categories import ShopCategory, ShopCategoryWording
from streets.models.change_requests import UNDO_FOR, ChangeRequest, ChangeState, ChangeWeight, VendorChangeTask
from streets.models.claim_words import ClaimKind, ClaimWord
from streets.models.claims import Claim, ClaimLetter, ClaimState
from streets.models.disputes import Dispute
from streets.models.fact_changes import FactChange
from streets.models.food_law import (
    DecreeState,
    ExemptionClause,
    ExemptionClauseWording,
    FoodDecree,
    FoodDecreeWording,
    SelfCheckPoint,
    SelfCheckPointWording,
    Situation,
)
from streets.models.handed_codes import CodeState, HandedCode
from streets.models.inspections import (
    LONGEST_REPLY,
    STANDSTILL,
    Finding,
    Inspection,
    InspectionIsLocked,
    InspectionKind,
    InspectionReply,
    InspectionStage,
    Outcome,
    ReplyState,
    Severity,
)
from streets.models.keeping_events import KeepingEvent, KeepingEventKind
from streets.models.legal_documents import (
    ASKED_FOR,
    DocumentKind,
    LegalDocument,
    PaperReminder,
    QualitySystem,
    VerifiedBy,
)
from streets.models.legal_routes import EXEMPT, LegalRoute, RouteKind
from streets.models.member_invitations import MemberInvitation
from streets.models.members import MemberRole, ShopMember
from streets.models.name_reports import NameCount, NameMismatch, NameVerdict
from streets.models.opening import Closure, in_words
from streets.models.ownership_changes import OwnershipChange, OwnershipState
from streets.models.payment_accounts import (
    FORMER,
    ON_THE_WAY,
    STANDING,
    AccountIsImmutable,
    AccountState,
    PaymentAccount,
    PaymentEvent,
    PaymentEventKind,
)
from streets.models.products import Product
from streets.models.programmes import (
    Criterion,
    CriterionWording,
    Programme,
    ProgrammeWording,
    StreetProgramme,
    TargetUnit,
)
from streets.models.self_checks import SelfCheck
from streets.models.sent_papers import SentPaper, SentPaperState
from streets.models.shop_pages import FoodVendorPage, ShopPage
from streets.models.shop_photos import ShopPhoto
from streets.models.shops import Shop
from streets.models.snapshots import MeasureSnapshot
from streets.models.stale_notices import StaleNotice
from streets.models.streets import StreetIndexPage, StreetPage
from streets.models.vendor_pictures import VendorPicture

__all__ = [
    "ASKED_FOR",
    "EXEMPT",
    "FORMER",
    "LONGEST_REPLY",
    "ON_THE_WAY",
    "STANDING",
    "STANDSTILL",
    "UNDO_FOR",
    "AccountIsImmutable",
    "AccountState",
    "AssistedSession",
    "Bank",
    "CardCheck",
    "CardFinding",
    "ChangeRequest",
    "ChangeState",
    "ChangeWeight",
    "Claim",
    "ClaimKind",
    "ClaimLetter",
    "ClaimState",
    "ClaimWord",
    "Closure",
    "CodeState",
    "ConfirmedHow",
    "Criterion",
    "CriterionWording",
    "DecreeState",
    "Dispute",
    "DocumentKind",
    "ExemptionClause",
    "ExemptionClauseWording",
    "FactChange",
    "Finding",
    "FoodDecree",
    "FoodDecreeWording",
    "FoodVendorPage",
    "HandedCode",
    "Inspection",
    "InspectionIsLocked",
    "InspectionKind",
    "InspectionReply",
    "InspectionStage",
    "KeepingEvent",
    "KeepingEventKind",
    "LegalDocument",
    "LegalRoute",
    "MeasureSnapshot",
    "MemberInvitation",
    "MemberRole",
    "NameCount",
    "NameMismatch",
    "NameVerdict",
    "Outcome",
    "OwnershipChange",
    "OwnershipState",
    "PaperReminder",
    "PayeeNameRule",
    "PaymentAccount",
    "PaymentEvent",
    "PaymentEventKind",
    "Product",
    "Programme",
    "ProgrammeWording",
    "QualitySystem",
    "ReplyState",
    "RouteKind",
    "SelfCheck",
    "SelfCheckPoint",
    "SelfCheckPointWording",
    "SentPaper",
    "SentPaperState",
    "Severity",
    "Shop",
    "ShopCategory",
    "ShopCategoryWording",
    "ShopMember",
    "ShopPage",
    "ShopPhoto",
    "Situation",
    "StaleNotice",
    "StreetIndexPage",
    "StreetPage",
    "StreetProgramme",
    "TargetUnit",
    "VendorChangeTask",
    "VendorPicture",
    "VerifiedBy",
    "in_words",
]
