"""Blocks of a heritage site's story, as they lie in the database."""

import json

from tests.factories import PictureFactory

SOURCE = {"text": "Văn bia 1706", "url": ""}


def story(*blocks: tuple[str, object]) -> str:
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def claim(text: str = "Đình dựng năm 1706.", *, kind: str = "documented", sources=(SOURCE,), others=()):
    value = {"kind": kind, "text": f"<p>{text}</p>", "sources": list(sources), "others": list(others)}
    return ("claim", value)


def account(text: str = "Đình dựng năm 1740.", *, sources=(SOURCE,)) -> dict:
    return {"text": text, "sources": list(sources)}


def moment(when: str = "1706", text: str = "Dựng đình.", *, tradition: bool = False, sources=(SOURCE,)) -> dict:
    return {"when": when, "text": text, "tradition": tradition, "sources": list(sources)}


def timeline(*moments: dict):
    return ("timeline", {"moments": list(moments)})


def shown(alt: str = "Cổng đình") -> dict:
    return {"image": PictureFactory(credit=f"Ảnh: {alt}").pk, "decorative": False, "alt_text": alt}


def picture(alt: str = "Cổng đình"):
    return ("picture", {"picture": shown(alt), "caption": ""})


def gallery(*alts: str):
    return ("gallery", {"pictures": [{"picture": shown(alt), "caption": ""} for alt in alts]})


def before_after(before: str = "Đình cũ", after: str = "Đình mới"):
    value = {"before": shown(before), "before_when": "1947", "after": shown(after), "after_when": "2015", "caption": ""}
    return ("before_after", value)
