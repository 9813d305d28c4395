"""Who carries messages to telephones: the terminal, a file, an HTTP gateway, or nobody."""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

_GATEWAYS = "wardmark.accounts.messages.gateways"


def message_gateway(env: Env, *, default: str, file: Path) -> dict[str, Any]:
    """Return the gateway and its options. `default` is console, file or none: what is used without a variable.

    Raises ImproperlyConfigured for a name nobody knows and for fields that are not JSON.
    """
    if url := env.str("MESSAGE_GATEWAY_URL", default=""):
        return {"BACKEND": "wardmark.accounts.messages.http.HTTPGateway", "OPTIONS": {"url": url, **_wishes(env)}}
    known = {
        "console": {"BACKEND": f"{_GATEWAYS}.ConsoleGateway"},
        "file": {"BACKEND": f"{_GATEWAYS}.FileGateway", "OPTIONS": {"path": file}},
        "none": {"BACKEND": f"{_GATEWAYS}.NoGateway"},
    }
    name = env.str("MESSAGE_GATEWAY", default="") or default
    if name not in known:
        raise ImproperlyConfigured(
            f"MESSAGE_GATEWAY is “{name}”, not one of {', '.join(known)}; for a gateway set MESSAGE_GATEWAY_URL."
        )
    return known[name]


def _wishes(env: Env) -> dict[str, Any]:
    wishes: dict[str, Any] = {
        "token": env.str("MESSAGE_GATEWAY_TOKEN", default=""),
        "as_form": env.bool("MESSAGE_GATEWAY_AS_FORM", default=False),
        "number_form": env.str("MESSAGE_GATEWAY_NUMBER_FORM", default="+84"),
        "success": env.str("MESSAGE_GATEWAY_SUCCESS", default=""),
    }
    if "MESSAGE_GATEWAY_TOKEN_HEADER" in env.ENVIRON:
        wishes["token_header"] = env.str("MESSAGE_GATEWAY_TOKEN_HEADER")
    if body := env.str("MESSAGE_GATEWAY_BODY", default=""):
        try:
            wishes["body"] = json.loads(body)
        except ValueError as reason:
            raise ImproperlyConfigured("MESSAGE_GATEWAY_BODY is no JSON.") from reason
    return wishes
