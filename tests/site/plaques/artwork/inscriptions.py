"""Plates to test on."""

from dataclasses import replace

from wardmark.plaques.artwork import Inscription

LINK = "https://cg.example/q/7K3M9XP"
PLAIN = Inscription(
    code="7K3M9XP",
    short_link=LINK,
    name="Đình Bối Hà",
    other_name="Bối Hà Communal House",
    ward="Phường Thử",
    seal_letters="PT",
    promise=("Quét để đọc về nơi này", "Scan to read about this place"),
)


def inscription(**changes) -> Inscription:
    return replace(PLAIN, **changes)


# Every shape a name can take: short, two lines, letters with two marks, parts sent apart, no translation.
NAMES = [
    inscription(),
    inscription(name="Đình Dịch Vọng Hậu và nhà thờ họ Nguyễn Phường Giấy Trắng", other_name=""),
    inscription(name="Ngõ 5", other_name="Lane 5"),
    inscription(name="Chùa Hà", other_name="Hà Pagoda"),
    inscription(name="Nhà lưu niệm Bác Hồ", other_name="Hồ Chí Minh Memorial House"),
    inscription(
        name="Chùa Thánh Chúa và Đình Hậu", other_name="Thánh Chúa Pagoda and the Communal House of Hậu Village"
    ),
]
