"""System checks on what the settings say about messages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.utils.module_loading import import_string

from wardmark.accounts.messages.gateways import ConsoleGateway, FileGateway, MessageGateway
from wardmark.accounts.messages.http import HTTPGateway

HINT = "docs/operators-guide.md says which variables a gateway needs."


def message_gateway(app_configs, **kwargs) -> list[CheckMessage]:
    """Check that MESSAGES names a gateway that can be built, and that production does not write codes to a file."""
    wanted = settings.MESSAGES
    try:
        kind = import_string(wanted["BACKEND"])
        gateway = kind(**wanted.get("OPTIONS", {}))
    except (ImportError, KeyError, TypeError, ValueError) as reason:
        return [Error(f"The message gateway cannot be built: {reason}", hint=HINT, id="accounts.E001")]
    if not isinstance(gateway, MessageGateway):
        return [Error(f"{wanted['BACKEND']} is no message gateway.", hint=HINT, id="accounts.E001")]
    if isinstance(gateway, HTTPGateway):
        return _faults_of(gateway)
    if isinstance(gateway, ConsoleGateway | FileGateway) and settings.SEALING_KEYS_REQUIRED:
        return [
            Warning(
                "Messages go to a file or a terminal of the server: they reach nobody's telephone, and their codes "
                "can be read there.",
                hint="Set MESSAGE_GATEWAY_URL, or MESSAGE_GATEWAY=none: officers then confirm telephone numbers.",
                id="accounts.W001",
            )
        ]
    return []


def _faults_of(gateway: HTTPGateway) -> list[CheckMessage]:
    faults: list[CheckMessage] = []
    parts = urlsplit(gateway.url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        faults.append(
            Error("MESSAGE_GATEWAY_URL is no web address beginning with https://.", hint=HINT, id="accounts.E002")
        )
    elif parts.scheme == "http" and settings.SEALING_KEYS_REQUIRED:
        faults.append(
            Error(
                "MESSAGE_GATEWAY_URL is not https: telephone numbers and codes would be readable on the way.",
                hint=HINT,
                id="accounts.E002",
            )
        )
    if not isinstance(gateway.body, dict) or not all(isinstance(value, str) for value in gateway.body.values()):
        faults.append(
            Error("MESSAGE_GATEWAY_BODY is no JSON object of texts.", hint=HINT, id="accounts.E003"),
        )
        return faults
    words = " ".join(gateway.body.values())
    missing = [name for name in ("{phone}", "{text}") if name not in words]
    if missing:
        faults.append(
            Error(f"MESSAGE_GATEWAY_BODY lacks {' and '.join(missing)}.", hint=HINT, id="accounts.E003"),
        )
    if gateway.success and "=" not in gateway.success:
        faults.append(
            Error(
                "MESSAGE_GATEWAY_SUCCESS must be written field=value, for example CodeResult=100.",
                hint=HINT,
                id="accounts.E004",
            )
        )
    return faults
