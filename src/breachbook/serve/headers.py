"""What goes around every answer: the security headers, and the `.json` suffix of paths."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing runs and nothing is loaded but the book's own style sheet and pictures; there is no script at all."""

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Sent with every answer, errors and static files too."""

JSON_SUFFIX = ".json"
STATIC = "/static/"
STATIC_AGE = 365 * 24 * 3600
"""Seconds that a browser may keep a static file: its address changes with its content (`templating.static_url`)."""


class BookHeaders:
    """ASGI middleware: `/incident/ID.json` is `/incident/ID` as JSON (`/index.json` the start page); adds the headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        static = path.startswith(STATIC)
        if path.endswith(JSON_SUFFIX) and not static:
            bare = path.removesuffix(JSON_SUFFIX)
            scope = {**scope, "path": "/" if bare == "/index" else bare, "raw_path": None, "breachbook.json": True}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(SECURITY_HEADERS)
                ok = message["status"] == 200
                headers["Cache-Control"] = f"public, max-age={STATIC_AGE}, immutable" if static and ok else "no-cache"
                headers.add_vary_header("Accept")
            await send(message)

        await self.app(scope, receive, send_with_headers)
