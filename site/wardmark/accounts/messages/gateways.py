"""What every gateway offers, and the small ones: the terminal, a file, memory, none."""

import json
import os
import sys
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NotSent(Exception):
    """A message was not taken. `message` is for the person who waits, `cause` for the log: neither names the number."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.message = _("The message could not be sent just now. Please try again in a minute.")


class MessageGateway(ABC):
    """Carries a text to a telephone."""

    # Whether somebody waiting for a message may get it.
    reaches_people: ClassVar[bool] = True
    # Whether sending takes no time that a visitor could measure.
    is_instant: ClassVar[bool] = True

    @abstractmethod
    def send(self, *, phone: str, text: str) -> None:
        """Send a text to a number in the form +84…. Raises NotSent."""


class NoGateway(MessageGateway):
    """Nobody carries messages here: what needs one says so beforehand."""

    reaches_people = False

    def send(self, *, phone: str, text: str) -> None:
        raise NotSent("no gateway is set")


class ConsoleGateway(MessageGateway):
    """Prints to the terminal of the development server, which stands for the telephone."""

    def send(self, *, phone: str, text: str) -> None:
        sys.stdout.write(f"\n--- message to {phone} ---\n{text}\n---\n")
        sys.stdout.flush()


class FileGateway(MessageGateway):
    """Appends to a file that its owner alone can read: the telephone of the demonstration."""

    def __init__(self, *, path: str | Path) -> None:
        self.path = Path(path)

    def send(self, *, phone: str, text: str) -> None:
        line = json.dumps({"at": timezone.localtime().isoformat(), "phone": phone, "text": text}, ensure_ascii=False)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "a", encoding="utf-8") as file:
                os.fchmod(file.fileno(), 0o600)
                file.write(f"{line}\n")
        except OSError as error:
            raise NotSent(f"the file cannot be written ({type(error).__name__})") from error


class MemoryGateway(MessageGateway):
    """Keeps what was sent, for tests: `sent` is a list of (phone, text), emptied before each test."""

    sent: ClassVar[list[tuple[str, str]]] = []

    def send(self, *, phone: str, text: str) -> None:
        self.sent.append((phone, text))
