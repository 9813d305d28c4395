"""The words of a plaque."""

from dataclasses import dataclass
from datetime import date

from wardmark.design.typesetting import composed


@dataclass(frozen=True, slots=True)
class Inscription:
    """What is written on one plaque, in every format.

    `name` is in the source language, `other_name` in another; both are empty on a blank plaque, which has no page yet.
    `promise` (what the scan gives) and `note` (what it does not ask for) have one line per language. `proof_reason`
    says why the artwork may not be printed, "" where it may. `version` counts its printings, 0 before the first.
    `made_on` is the day a single file was made: whoever downloads one may never print it, so it is no version.
    """

    code: str
    short_link: str
    name: str
    other_name: str
    ward: str
    seal_letters: str
    promise: tuple[str, ...]
    note: tuple[str, ...] = ()
    proof_reason: str = ""
    version: int = 0
    made_on: date | None = None

    @property
    def is_blank(self) -> bool:
        return not composed(self.name)

    @property
    def typed_address(self) -> str:
        """The short link without scheme and code: the part that is the same on every plaque."""
        return self.short_link.partition("://")[2].removesuffix(self.code)
