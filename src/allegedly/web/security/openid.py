"""Signing in through an OpenID Connect provider: authorisation code flow with PKCE.

Authlib and joserfc make the requests and check the tokens (OpenID Connect Core 1.0, RFC 7636,
RFC 9207); here is what is asked of them, and what is remembered between going and coming back.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from allegedly.web.app.problems import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Signatures that a provider's public keys check: no secrets that are shared, and never none.
ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "EdDSA",
)
LEEWAY: Final = 60  # seconds that two clocks may differ
PATIENCE: Final = 10.0  # seconds that the provider has for an answer
LARGEST: Final = 1024 * 1024  # bytes of an answer
LASTS: Final = 600.0  # seconds between going to the provider and coming back
MOST: Final = 1_000  # people who are on their way; whoever left first is forgotten first
KNOWN_FOR: Final = 3_600.0  # seconds that what a provider says of itself holds
KEYS_AGAIN: Final = 60.0  # seconds before keys are asked for again for the sake of an unknown one
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
ELSEWHERE: Final = (
    "This sign-in was not begun in this browser, was used already, or took too long: begin again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A sign-in provider and what the desk is to it; without a secret the desk is a public client.

    `name` is what people call it. `scope` must hold `openid`.
    """

    issuer: str
    client: str
    secret: str | None = field(default=None, repr=False)
    name: str = "your organisation"
    scope: str = "openid email"

    def __post_init__(self) -> None:
        """Refuse an issuer that is reached without TLS, but for this very machine."""
        _sound(self.issuer, "issuer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who somebody is by a token that proved: `email` only where the provider has verified it."""

    issuer: str
    subject: str
    email: str | None


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where a browser is sent, and the secret that it brings back in a cookie."""

    address: str
    secret: str


@dataclass(frozen=True, slots=True)
class _Away:
    """Somebody who is at the provider: what must come back, by when, and where they go on."""

    browser: str
    nonce: str
    verifier: str
    onwards: str
    until: float


@dataclass(slots=True)
class OpenID:
    """The flow with one provider; safe to share between threads."""

    provider: Provider
    back: str  # the desk's own address to which the provider sends people
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    _away: OrderedDict[str, _Away] = field(default_factory=OrderedDict)
    _metadata: tuple[float, dict[str, Any]] | None = None
    _keys: tuple[float, dict[str, Any]] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def leave(self, onwards: str) -> Leaving:
        """Begin a sign-in; nothing that the browser sends goes into its secrets."""
        state, nonce, verifier, secret = (secrets.token_urlsafe(32) for _ in range(4))
        endpoint = self._endpoint("authorization_endpoint")
        with self._client() as client:
            address, _ = client.create_authorization_url(
                endpoint, state=state, code_verifier=verifier, nonce=nonce
            )
        away = _Away(_digest(secret), nonce, verifier, onwards, self.clock() + LASTS)
        with self._lock:
            self._away[_digest(state)] = away
            if len(self._away) > MOST:
                self._away.popitem(last=False)
        return Leaving(address, secret)

    def come_back(self, answer: Mapping[str, Any], secret: str | None) -> tuple[Person, str]:
        """Who has come back, and where they go on; raises ProblemError for whatever is not right.

        `answer` is the query that the provider made, `secret` what the browser kept. A state is
        good for one return, whatever comes of it.
        """
        away = self._returned(str(answer.get("state") or ""), secret)
        if "error" in answer:
            raise ProblemError(403, f"{self.provider.name} did not sign you in: {_told(answer)}.")
        self._check_issuer(answer)
        code = answer.get("code")
        if not isinstance(code, str) or not code:
            raise ProblemError(400, "The provider sent no code.")
        return self._person(self._token(code, away), away), away.onwards

    def _returned(self, state: str, secret: str | None) -> _Away:
        with self._lock:
            away = self._away.pop(_digest(state), None)
        if away is None or secret is None or away.until < self.clock():
            raise ProblemError(403, ELSEWHERE)
        if not compare_digest(away.browser, _digest(secret)):
            raise ProblemError(403, ELSEWHERE)
        return away

    def _check_issuer(self, answer: Mapping[str, Any]) -> None:
        """The answer is this provider's, where it says whose it is (RFC 9207)."""
        needed = self._about().get("authorization_response_iss_parameter_supported") is True
        issuer = answer.get("iss")
        if (needed or issuer is not None) and issuer != self.provider.issuer:
            raise ProblemError(403, "The answer is another provider's.")

    def _token(self, code: str, away: _Away) -> dict[str, Any]:
        from authlib.integrations.base_client import OAuthError  # noqa: PLC0415  # an extra

        def fetch(client: Any) -> dict[str, Any]:  # noqa: ANN401  # Authlib's
            try:
                return dict(
                    client.fetch_token(
                        self._endpoint("token_endpoint"),
                        grant_type="authorization_code",
                        code=code,
                        code_verifier=away.verifier,
                    )
                )
            except OAuthError as error:
                raise ProblemError(
                    403, f"{self.provider.name} did not take its own code: {_cut(error.error)}."
                ) from error

        return self._asked(fetch)

    def _person(self, token: Mapping[str, Any], away: _Away) -> Person:
        from authlib.oidc.core import CodeIDToken  # noqa: PLC0415  # an extra
        from joserfc.errors import JoseError  # noqa: PLC0415

        given = token.get("id_token")
        if not isinstance(given, str):
            raise ProblemError(502, "The provider sent no ID token.")
        options = {
            "iss": {"essential": True, "value": self.provider.issuer},
            "aud": {"essential": True, "value": self.provider.client},
            "exp": {"essential": True},
            "sub": {"essential": True},
            "nonce": {"essential": True, "value": away.nonce},
        }
        asked = {
            "nonce": away.nonce,
            "client_id": self.provider.client,
            "access_token": token.get("access_token"),
        }
        try:
            header, claims = self._decoded(given)
            found = CodeIDToken(claims, header, options, asked)
            found.validate(now=int(self.now()), leeway=LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            why = getattr(error, "error", type(error).__name__)
            claim = getattr(error, "claim", None)
            detail = f"{why} ({claim})" if claim else str(why)
            raise ProblemError(403, f"The provider's token does not hold: {detail}.") from error
        return _person(found, self.provider.issuer)

    def _decoded(self, given: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Header and claims of a token whose signature proves by the provider's keys."""
        from joserfc import jwt  # noqa: PLC0415  # an extra
        from joserfc.errors import InvalidKeyIdError  # noqa: PLC0415
        from joserfc.jwk import KeySet  # noqa: PLC0415

        offered = self._about().get("id_token_signing_alg_values_supported", ["RS256"])
        taken = [name for name in ALGORITHMS if name in offered]
        keys: Any = self._key_set()
        try:
            found = jwt.decode(given, KeySet.import_key_set(keys), algorithms=taken)
        except InvalidKeyIdError:
            keys = self._key_set(older_than=KEYS_AGAIN)
            found = jwt.decode(given, KeySet.import_key_set(keys), algorithms=taken)
        return dict(found.header), dict(found.claims)

    def _about(self) -> dict[str, Any]:
        """What the provider says of itself; it must be the issuer that was asked for."""
        held = self._metadata
        if held is None or self.clock() - held[0] > KNOWN_FOR:
            issuer = self.provider.issuer
            found = self._fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != issuer:
                raise ProblemError(502, "The provider says that it is another issuer.")
            self._metadata = held = (self.clock(), found)
        return held[1]

    def _endpoint(self, name: str) -> str:
        found = self._about().get(name)
        if not isinstance(found, str):
            raise ProblemError(502, f"The provider does not say its {name}.")
        return _sound(found, name)

    def _key_set(self, older_than: float = KNOWN_FOR) -> dict[str, Any]:
        held = self._keys
        if held is None or self.clock() - held[0] > older_than:
            self._keys = held = (self.clock(), self._fetched(self._endpoint("jwks_uri")))
        return held[1]

    def _fetched(self, address: str) -> dict[str, Any]:
        def fetch(client: Any) -> dict[str, Any]:  # noqa: ANN401  # Authlib's
            answer = client.request("GET", address, withhold_token=True)
            answer.raise_for_status()
            found = answer.json() if len(answer.content) <= LARGEST else None
            if not isinstance(found, dict):
                raise TypeError("no JSON object")
            return found

        return self._asked(fetch)

    def _asked(self, fetch: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        import httpx2  # noqa: PLC0415  # an extra

        try:
            with self._client() as client:
                return fetch(client)
        except (httpx2.HTTPError, ValueError, TypeError) as error:
            raise ProblemError(
                502, f"{self.provider.name} does not answer as it should; try again in a moment."
            ) from error

    def _client(self) -> Any:  # noqa: ANN401  # Authlib's
        from authlib.integrations.httpx_client import OAuth2Client  # noqa: PLC0415  # an extra

        return OAuth2Client(
            self.provider.client,
            self.provider.secret,
            scope=self.provider.scope,
            redirect_uri=self.back,
            code_challenge_method="S256",
            timeout=PATIENCE,
            follow_redirects=False,
            trust_env=False,
        )


def _person(claims: Mapping[str, Any], issuer: str) -> Person:
    subject, email = claims.get("sub"), claims.get("email")
    if not isinstance(subject, str) or not subject.strip() or len(subject) > 255:  # noqa: PLR2004  # Core, 2
        raise ProblemError(403, "The provider's token does not say whose it is.")
    verified = claims.get("email_verified") is True and isinstance(email, str)
    return Person(issuer=issuer, subject=subject, email=str(email) if verified else None)


def _sound(address: str, name: str) -> str:
    """An address with TLS, or of this machine; raises ProblemError."""
    parts = urlsplit(address)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not safe or not parts.hostname or parts.fragment:
        raise ProblemError(502, f"The provider's {name} is no https address.")
    return address


def _told(answer: Mapping[str, Any]) -> str:
    return _cut(str(answer.get("error_description") or answer.get("error")))


def _cut(words: object) -> str:
    """What another program says, in one line and not too long."""
    return " ".join(str(words).split())[:200].rstrip(".")


def _digest(secret: str) -> str:
    return sha256(f"openid:{secret}".encode()).hexdigest()
