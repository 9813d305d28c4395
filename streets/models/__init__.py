"""Streets, their programmes, the shops along them, and what the ward records of those that serve food."""

from streets.models.banks import Bank, PayeeNameRule
from streets.models.categories import ShopCategory, ShopCategoryWording
from streets.models.fact_changes import FactChange, FactsAreForever
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
from streets.models.legal_documents import (
    ASKED_FOR,
    DocumentKind,
    LegalDocument,
    PaperReminder,
    QualitySystem,
    VerifiedBy,
)
from streets.models.legal_routes import EXEMPT, LegalRoute, RouteKind
from streets.models.members import MemberRole, ShopMember
from streets.models.name_reports import NameCount, NameMismatch, NameVerdict
from streets.models.opening import Closure, in_words
from streets.models.payment_accounts import (
    FORMER,
    ON_THE_WAY,
    STANDING,
    AccountIsImmutable,
    AccountState,
    PaymentAccount,
    PaymentEvent,
    PaymentEventKind,
    PaymentLogIsForever,
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
from streets.models.shop_pages import FoodVendorPage, ShopPage
from streets.models.shop_photos import ShopPhoto
from streets.models.shops import Shop
from streets.models.snapshots import MeasureSnapshot
from streets.models.streets import StreetIndexPage, StreetPage

__all__ = [
    "ASKED_FOR",
    "EXEMPT",
    "FORMER",
    "LONGEST_REPLY",
    "ON_THE_WAY",
    "STANDING",
    "STANDSTILL",
    "AccountIsImmutable",
    "AccountState",
    "Bank",
    "Closure",
    "Criterion",
    "CriterionWording",
    "DecreeState",
    "DocumentKind",
    "ExemptionClause",
    "ExemptionClauseWording",
    "FactChange",
    "FactsAreForever",
    "Finding",
    "FoodDecree",
    "FoodDecreeWording",
    "FoodVendorPage",
    "Inspection",
    "InspectionIsLocked",
    "InspectionKind",
    "InspectionReply",
    "InspectionStage",
    "LegalDocument",
    "LegalRoute",
    "MeasureSnapshot",
    "MemberRole",
    "NameCount",
    "NameMismatch",
    "NameVerdict",
    "Outcome",
    "PaperReminder",
    "PayeeNameRule",
    "PaymentAccount",
    "PaymentEvent",
    "PaymentEventKind",
    "PaymentLogIsForever",
    "Product",
    "Programme",
    "ProgrammeWording",
    "QualitySystem",
    "ReplyState",
    "RouteKind",
    "SelfCheck",
    "SelfCheckPoint",
    "SelfCheckPointWording",
    "Severity",
    "Shop",
    "ShopCategory",
    "ShopCategoryWording",
    "ShopMember",
    "ShopPage",
    "ShopPhoto",
    "Situation",
    "StreetIndexPage",
    "StreetPage",
    "StreetProgramme",
    "TargetUnit",
    "VerifiedBy",
    "in_words",
]
