"""The port through which the site writes short messages to people's telephones.

Which gateway carries them is `settings.MESSAGES`: the terminal while developing, a file in the demonstration, an HTTP
gateway by setting, none in production without one. Numbers and texts, codes among them, stand in no log.
"""

import logging
from concurrent.futures import Executor, ThreadPoolExecutor

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from wardmark.accounts.messages.gateways import MessageGateway, NotSent

__all__ = ["MessageGateway", "NotSent", "gateway", "is_configured", "send", "send_unseen"]

logger = logging.getLogger("wardmark.accounts.messages")
_background: Executor = ThreadPoolExecutor(max_workers=2, thread_name_prefix="messages")


def gateway() -> MessageGateway:
    """Return the gateway that the settings name."""
    wanted = settings.MESSAGES
    return import_string(wanted["BACKEND"])(**wanted.get("OPTIONS", {}))


def is_configured() -> bool:
    """Say whether a message can reach a person at all; without, numbers are confirmed by an officer instead.

    The terminal and the file count: whoever tries the site on this machine reads them in place of a telephone. The
    production settings choose neither of them by themselves.
    """
    return gateway().reaches_people


def send(*, phone: str, text: str) -> None:
    """Send a text to a number in the form +84…; return once the gateway has taken it. Raises NotSent."""
    gateway().send(phone=phone, text=text)


def send_unseen(*, phone: str, text: str) -> None:
    """Send without letting the caller wait or know: the answer to a visitor takes no longer where there is a message.

    For whatever must not tell whether a number belongs to somebody. A failure goes to the log, without the number.
    """
    if gateway().is_instant:
        _try(phone, text)
    else:
        _background.submit(_try_in_thread, phone, text)


def _try(phone: str, text: str) -> None:
    try:
        send(phone=phone, text=text)
    except NotSent as reason:
        logger.error("A message could not be sent: %s", reason.cause)


def _try_in_thread(phone: str, text: str) -> None:
    try:
        _try(phone, text)
    except Exception as error:
        # Its kind alone: what an unforeseen error says might hold the number.
        logger.error("A message could not be sent: %s", type(error).__name__)
    finally:
        connection.close()
