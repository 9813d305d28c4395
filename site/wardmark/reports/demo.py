"""Reports of the demonstration ward, one in every state. Nobody wrote them; the number is nobody's."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page

from media.sample_pictures import sample_picture
from wardmark.base.demo import DemoWard
from wardmark.base.languages import source_language
from wardmark.plaques.models import Plaque
from wardmark.reports.models import ReportEvent, ReportEventKind, ReportKind, ReportOutcome, ReportState, VisitorReport
from wardmark.reports.photographs import drawn_anew
from wardmark.reports.receiving import receive

PHONE = "024 0000 0001"


def load(ward: DemoWard) -> None:
    """Report on places once they are there: the apps that bring them build on this one."""
    ward.afterwards.append(_report)


def _report() -> None:
    pages = _places()
    photo = _photo()
    _received(ReportKind.WRONG_FACTS, "Giờ mở cửa buổi tối ghi trên trang không đúng.", pages[0], days=0)
    _received(ReportKind.PAYEE_NAME, "Tên người nhận khác với tên trên trang.", pages[1], days=0, photos=[photo])
    _taken(
        _received(ReportKind.ACCESSIBILITY, "Lối vào có ba bậc, xe lăn không lên được.", pages[2], days=2, phone=PHONE)
    )
    first = _taken(_received(ReportKind.PRICE, "Giá gửi xe cao hơn giá niêm yết.", pages[3], days=5))
    _merged(_received(ReportKind.PRICE, "Gửi xe máy bị thu hai lần.", pages[3], days=4), first)
    answered = _taken(_received(ReportKind.CLOSED_OR_MOVED, "Quán đã chuyển sang nhà bên cạnh.", pages[4], days=9))
    _answered(answered, "Cảm ơn bạn. Phường đã đến xem và sửa địa chỉ trên trang.")
    _published(answered, "Đã sửa địa chỉ sau khi có người báo.")
    _rejected(_taken(_received(ReportKind.OTHER, "Xin mở thêm một phiên chợ đêm.", pages[5], days=12)))
    _forwarded(_taken(_received(ReportKind.HYGIENE, "Cống thoát nước trước quán có mùi.", pages[6], days=20)))


def _places() -> list[Page]:
    """Return places in the source language, spread over all that have a plaque."""
    keys = Plaque.objects.primary().order_by("pk").values_list("page_key", flat=True)
    pages = list(
        Page.objects.live()
        .filter(translation_key__in=list(keys), locale__language_code=source_language())
        .order_by("path")
    )
    step = max(1, len(pages) // 7)
    return (pages[::step] * 7)[:7]


def _photo() -> ContentFile:
    picture = sample_picture("plaque", seed=40, title="Ảnh kèm phản ánh")
    with picture.file.open("rb") as file:
        drawn = drawn_anew(ContentFile(file.read(), name="sample.jpg"))
    picture.delete()
    return drawn


def _received(kind: ReportKind, text: str, page: Page, *, days: int, phone: str = "", photos=()) -> VisitorReport:
    report = receive(
        kind=kind,
        text=text,
        language=source_language(),
        visitor=None,
        page=page,
        phone=phone,
        has_consent=bool(phone),
        photos=photos,
    )
    report.received_at = timezone.now() - timedelta(days=days, hours=1)
    report.save(update_fields=["received_at"])
    return report


def _taken(report: VisitorReport) -> VisitorReport:
    report.state, report.taken_at = ReportState.IN_WORK, report.received_at + timedelta(hours=1)
    _moved_on(report, ReportEventKind.TAKEN)
    return report


def _answered(report: VisitorReport, answer: str) -> None:
    report.answer, report.answer_language = answer, source_language()
    _closed(report, ReportState.ANSWERED, ReportEventKind.ANSWERED)


def _rejected(report: VisitorReport) -> None:
    report.rejection_reason = "Việc mở chợ đêm được lấy ý kiến ở cuộc họp khu dân cư, không giải quyết qua phản ánh."
    _closed(report, ReportState.REJECTED, ReportEventKind.REJECTED)


def _forwarded(report: VisitorReport) -> None:
    report.forwarded_to = "Đơn vị thoát nước"
    _closed(report, ReportState.FORWARDED, ReportEventKind.FORWARDED)


def _merged(report: VisitorReport, other: VisitorReport) -> None:
    report.merged_into = other
    _closed(report, ReportState.MERGED, ReportEventKind.MERGED)


def _published(report: VisitorReport, words: str) -> None:
    ReportOutcome.objects.create(report=report, page_key=report.page_key, words=words, language=source_language())
    ReportEvent.objects.create(report=report, kind=ReportEventKind.PUBLISHED, state=report.state, note=words)


def _closed(report: VisitorReport, state: ReportState, kind: ReportEventKind) -> None:
    report.state, report.closed_at = state, timezone.now() - timedelta(hours=2)
    _moved_on(report, kind)


def _moved_on(report: VisitorReport, kind: ReportEventKind) -> None:
    report.save()
    ReportEvent.objects.create(report=report, kind=kind, state=report.state)
