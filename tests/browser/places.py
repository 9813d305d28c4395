"""One page of each kind that the demonstration holds, in both languages."""

from dataclasses import dataclass

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class DemoPlace:
    kind: str
    paths: dict[str, str]
    titles: dict[str, str]

    def __str__(self) -> str:
        return self.kind


HOME = DemoPlace("home", {"vi": "/vi/", "en": "/en/"}, {"vi": "Phường Cầu Giấy", "en": "Cầu Giấy Ward"})
HERITAGE = DemoPlace(
    "heritage",
    {"vi": "/vi/di-tich/chua-ha/", "en": "/en/heritage/ha-pagoda/"},
    {"vi": "Chùa Hà", "en": "Hà Pagoda"},
)
STREET = DemoPlace(
    "street",
    {"vi": "/vi/tuyen-pho/pho-tran-thai-tong/", "en": "/en/streets/tran-thai-tong-street/"},
    {"vi": "Phố Trần Thái Tông", "en": "Trần Thái Tông Street"},
)
SHOP = DemoPlace(
    "shop",
    {
        "vi": "/vi/tuyen-pho/pho-tran-thai-tong/hieu-sach-minh-hoa/",
        "en": "/en/streets/tran-thai-tong-street/minh-hoa-bookshop-sample-shop/",
    },
    {"vi": "Hiệu sách Minh Hoạ", "en": "Minh Hoạ Bookshop (sample shop)"},
)
FOOD_VENDOR = DemoPlace(
    "food vendor",
    {
        "vi": "/vi/tuyen-pho/pho-tran-thai-tong/pho-minh-hoa-1/",
        "en": "/en/streets/tran-thai-tong-street/minh-hoa-pho-1-sample-shop/",
    },
    {"vi": "Phở Minh Hoạ 1", "en": "Minh Hoạ Phở 1 (sample shop)"},
)
# Kept for the test that takes a payment account off its page: no other test may look at this one's card.
DOUBTED_SHOP = DemoPlace(
    "doubted shop",
    {"vi": "/vi/tuyen-pho/pho-duy-tan/bun-minh-hoa/", "en": "/en/streets/duy-tan-street/minh-hoa-bun-sample-shop/"},
    {"vi": "Bún Minh Hoạ", "en": "Minh Hoạ Bún (sample shop)"},
)
# Kept for the test that gives it an account.
SHOP_WITHOUT_ACCOUNT = DemoPlace(
    "shop without account",
    {"vi": "/vi/tuyen-pho/pho-thanh-thai/nha-thuoc-minh-hoa-2/", "en": ""},
    {"vi": "Nhà thuốc Minh Hoạ 2", "en": ""},
)
# Kept for the test whose vendor claims it: no other test may give it people, an account or another price.
CLAIMED_SHOP = DemoPlace(
    "claimed shop",
    {"vi": "/vi/tuyen-pho/pho-thanh-thai/bun-dau-minh-hoa/", "en": ""},
    {"vi": "Bún đậu Minh Hoạ", "en": ""},
)
TRAIL = DemoPlace(
    "trail",
    {"vi": "/vi/hanh-trinh/theo-dau-y-lan/", "en": "/en/trails/in-the-footsteps-of-y-lan/"},
    {"vi": "Theo dấu Ỷ Lan", "en": "In the Footsteps of Ỷ Lan"},
)
PLACES = (HERITAGE, STREET, SHOP, FOOD_VENDOR)
PAGES = (HOME, *PLACES, TRAIL)
