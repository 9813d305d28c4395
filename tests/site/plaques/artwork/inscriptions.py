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
    promise=("Vị tướng thế kỷ 6 được thờ ở đây", "The sixth-century general honoured here"),
    note=("Không cần cài ứng dụng", "No app needed"),
)


def inscription(**changes) -> Inscription:
    return replace(PLAIN, **changes)


# Every shape a plaque's words can take: short, several lines, letters with two marks, no translation, no page at all.
WORDS = {
    "short": inscription(),
    "two lines": inscription(name="Đình Dịch Vọng Hậu và nhà thờ họ Nguyễn Phường Giấy Trắng", other_name=""),
    "very short": inscription(name="Ngõ 5", other_name="Lane 5"),
    "memorial": inscription(name="Nhà lưu niệm Bác Hồ", other_name="Hồ Chí Minh Memorial House", seal_letters=""),
    "both long": inscription(
        name="Chùa Thánh Chúa và Đình Hậu", other_name="Thánh Chúa Pagoda and the Communal House of Hậu Village"
    ),
    "long promise": inscription(
        promise=(
            "Vì sao làng Vòng thờ vua Lý Phật Tử, và chuyện hạt cốm non từ thời nhà Lý kể đến nay",
            "Why Vòng village worships King Lý Phật Tử, and what young green rice has to do with it",
        )
    ),
    "blank": inscription(name="", other_name="", promise=("Quét mã để biết chuyện nơi này", "Scan for its story")),
    "proof": inscription(proof_reason="The address does not open for everybody.", version=3),
}
# Enough where every format and kind of file is drawn and read.
EXTREMES = {key: WORDS[key] for key in ("short", "long promise", "blank", "proof")}
