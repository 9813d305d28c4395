"""A message gateway spoken to over HTTP, whichever way its provider wants the number and the text.

Providers differ in the names of fields, in how a number is written, and in whether a refusal is said by the status or
only in the body of a 200: all of it is settings (docs/operators-guide.md).
"""

import json
import logging
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from wardmark.accounts.messages.gateways import MessageGateway, NotSent

logger = logging.getLogger("wardmark.accounts.messages")

# Seconds to connect, and to wait for the answer: a person is looking at a page meanwhile.
TIMEOUT = (3.05, 8)
# Once more where the message was certainly not taken: nobody was reached, or the gateway said that it is not there.
# Never after a time-out of the answer: the message may be on its way, and would come twice.
ONCE_MORE = Retry(
    total=1,
    connect=1,
    read=0,
    other=0,
    redirect=0,
    status=1,
    status_forcelist=(502, 503),
    allowed_methods=["POST"],
    backoff_factor=0.2,
    raise_on_status=False,
)

# Where most providers want the token.
BEARER = "Authorization: Bearer {token}"


class NumberForm(StrEnum):
    """How the provider wants a number to be written."""

    E164 = "+84"
    BARE = "84"
    NATIONAL = "0"

    def of(self, phone: str) -> str:
        return f"{self.value}{phone.removeprefix('+84')}" if phone.startswith("+84") else phone


class HTTPGateway(MessageGateway):
    """Posts each message as JSON or as a form.

    `body` maps the provider's fields to texts in which {phone}, {text} and {token} are replaced. With a `token_header`
    such as `Authorization: Bearer {token}` the token goes there. `success` is `field=value` of the answer's JSON,
    nested fields joined by dots; without it, every 2xx counts.
    """

    is_instant = False

    def __init__(
        self,
        *,
        url: str,
        token: str = "",
        token_header: str = BEARER,
        body: dict[str, str] | None = None,
        as_form: bool = False,
        number_form: str = NumberForm.E164,
        success: str = "",
    ) -> None:
        self.url = url
        self.token = token
        self.token_header = token_header
        self.body = body or {"phone": "{phone}", "text": "{text}"}
        self.as_form = as_form
        self.number_form = NumberForm(number_form)
        self.success = success

    def __repr__(self) -> str:
        return f"<HTTPGateway at {urlsplit(self.url).hostname}>"

    def send(self, *, phone: str, text: str) -> None:
        words = {"{phone}": self.number_form.of(phone), "{text}": text, "{token}": self.token}
        filled = {name: _filled(value, words) for name, value in self.body.items()}
        with requests.Session() as session:
            session.trust_env = False
            session.mount("http://", HTTPAdapter(max_retries=ONCE_MORE))
            session.mount("https://", HTTPAdapter(max_retries=ONCE_MORE))
            try:
                answer = session.post(
                    self.url,
                    headers=self._headers(),
                    timeout=TIMEOUT,
                    allow_redirects=False,
                    **({"data": filled} if self.as_form else {"json": filled}),
                )
            except requests.RequestException as error:
                # Its kind alone: the words of an error may quote what was sent.
                raise NotSent(f"the gateway was not reached ({type(error).__name__})") from None
        self._judge(answer)

    def _headers(self) -> dict[str, str]:
        if not self.token or not self.token_header:
            return {}
        name, _colon, value = self.token_header.partition(":")
        return {name.strip(): value.strip().replace("{token}", self.token)}

    def _judge(self, answer: requests.Response) -> None:
        if not 200 <= answer.status_code < 300:
            raise NotSent(f"the gateway answered HTTP {answer.status_code}")
        if not self.success:
            return
        field, _equals, wanted = self.success.partition("=")
        try:
            said: Any = answer.json()
            for part in field.split("."):
                said = said[int(part)] if isinstance(said, list) else said[part]
        except (ValueError, LookupError, TypeError):
            raise NotSent(f"the gateway's answer has no field “{field}”") from None
        if str(said) != wanted and json.dumps(said) != wanted:
            raise NotSent(f"the gateway answered {field}={str(said)[:20]!r}")


def _filled(value: str, words: dict[str, str]) -> str:
    """Put the words in, each once and none of them into another: a text may itself hold braces."""
    for name, word in words.items():
        if name in value:
            before, _name, after = value.partition(name)
            return _filled(before, words) + word + _filled(after, words)
    return value
