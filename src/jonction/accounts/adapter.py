"""How sign-in behaves here."""

import base64
import hashlib
import io
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from jonction.accounts.queries import addressee
from jonction.core.outbox import post_letter

LOGIN_CODE = "account/email/login_code"
SECRETS = {
    LOGIN_CODE,
    "account/email/password_reset_key",
    "account/email/email_confirmation",
}


def _came_in_lately(request: Any) -> bool:
    entries = get_authentication_records(request, request.user)
    limit = app_settings.REAUTHENTICATION_TIMEOUT
    return bool(entries) and time.time() - entries[-1]["at"] < limit


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Refuse open registration: rights come from a seat or a mandate, given by somebody."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again who it is, but not to show her recovery codes to somebody who just came in.

        Otherwise, whoever adds an application must wait for its next code to see the codes that
        keep her from being locked out. Whatever changes how one signs in is still asked again.
        """
        request = context.request
        shows_codes = request.resolver_match.url_name == "mfa_view_recovery_codes"
        if shows_codes and _came_in_lately(request):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post the mail in the outbox; a code or a link that opens is not kept there."""
        person = addressee(email)
        if person and template_prefix == LOGIN_CODE:
            # allauth then counts the address as verified once the code comes back
            EmailAddress.objects.get_or_create(
                user=person, email=email.lower(), defaults={"primary": True}
            )
        letter = self.render_mail(template_prefix, email, {**context, "email": email})
        post_letter(
            person,
            email,
            template_prefix,
            subject=letter.subject,
            body=letter.body,
            is_secret=template_prefix in SECRETS,
        )


class StrongerAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys, authenticator apps and recovery codes."""

    def encrypt(self, text: str) -> str:
        """Keep no usable secret in the database or in its backups."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Draw the code as an element of the page: the safety rules refuse data: pictures."""
        import qrcode
        from qrcode.image.svg import SvgPathFillImage  # 6 MB, once in the life of an account

        drawn = io.BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode().partition("?>")[2].strip()

    def _get_site_name(self) -> str:
        return f"Jonction ({context.request.get_host()})"


def _cipher() -> Fernet:
    key = hashlib.sha256(b"jonction.mfa:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
