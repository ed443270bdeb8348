"""A small OpenID Connect provider over loopback that signs real tokens, and can be told to lie."""

from __future__ import annotations

import base64
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT, SECRET = "the-desk", "a secret & it's odd"


@dataclass
class LocalProvider:
    """What the provider holds: keys, codes that it gave, and how it was told to misbehave.

    `claims` are put into every token over the right ones, None leaving one out; `header`, `key`
    and `metadata` likewise. `now` is its clock.
    """

    issuer: str = ""
    key: Any = field(
        default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
    )
    signs_with: Any = None
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    now: float = field(default_factory=time.time)

    def about(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "authorization_response_iss_parameter_supported": True,
        } | self.metadata

    def keys(self) -> dict[str, Any]:
        return dict(KeySet([self.key]).as_dict(private=False))

    def authorise(self, address: str) -> str:
        """What the provider's page does when a person says yes: the address it sends them to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        answer = {"code": code, "state": asked["state"], "iss": self.issuer}
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def redeem(self, sent: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """The token endpoint: a code is good once, for the client and verifier that asked."""
        self.asked.append((authorization, sent))
        asked = self.codes.pop(sent.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(
            sha256(sent.get("code_verifier", "").encode()).digest()
        )
        if asked is None or challenge.decode().rstrip("=") != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        if sent.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        return self.status, {
            "access_token": "opaque",
            "token_type": "Bearer",
            "id_token": self.token(asked["nonce"]),
        }

    def token(self, nonce: str) -> str:
        claims = {
            "iss": self.issuer,
            "sub": "1234",
            "aud": CLIENT,
            "exp": int(self.now) + 300,
            "iat": int(self.now),
            "nonce": nonce,
            "email": "reviewer@paper.example",
            "email_verified": True,
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "kid": "one"} | self.header
        if header["alg"] == "none":
            parts = (json.dumps(part).encode() for part in (header, claims))
            return b".".join(base64.urlsafe_b64encode(p).rstrip(b"=") for p in parts).decode() + "."
        if header["alg"] == "HS256":
            public = json.dumps(self.keys()["keys"][0]).encode()
            return jwt.encode(header, claims, OctKey.import_key(public), algorithms=["HS256"])
        return jwt.encode(header, claims, self.signs_with or self.key, algorithms=[header["alg"]])


@contextmanager
def provider() -> Iterator[LocalProvider]:
    """The provider, answering on loopback for as long as the block lasts."""
    held = LocalProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if urlsplit(self.path).path == "/authorize":
                self.send_response(303)
                self.send_header("location", held.authorise(self.path))
                self.end_headers()
                return
            known = {"/.well-known/openid-configuration": held.about, "/keys": held.keys}
            answer = known.get(urlsplit(self.path).path)
            self.say(*((held.status, answer()) if answer else (404, {})))

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["content-length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(raw).items()}
            self.say(*held.redeem(sent, self.headers.get("authorization", "")))

        def say(self, status: int, body: dict[str, Any]) -> None:
            raw = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
