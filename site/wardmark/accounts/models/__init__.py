"""People and how they come in: one file for each thing that is kept."""

from wardmark.accounts.models.attempts import Attempt
from wardmark.accounts.models.one_time_codes import OneTimeCode
from wardmark.accounts.models.phone_changes import PhoneChange, PhoneChangeState
from wardmark.accounts.models.sign_in_phones import SignInPhone
from wardmark.accounts.models.user import User

__all__ = ["Attempt", "OneTimeCode", "PhoneChange", "PhoneChangeState", "SignInPhone", "User"]
