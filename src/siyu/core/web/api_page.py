"""The page on which the API's description can be read and tried."""

from typing import Final

from siyu.core.web.asgi import Receive, Scope, Send, respond

PATHS: Final = frozenset({"/api/docs", "/api/docs/"})

_PAGE: Final = b"""<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>siyu API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/docs/swagger-ui.css">
<style>body { margin: 0; background: #FAFAF7; }</style>
<div id="api"></div>
<script src="/static/docs/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({
  url: "/api/docs/openapi.json", dom_id: "#api", deepLinking: true, docExpansion: "none",
  defaultModelsExpandDepth: 0, filter: true,
})</script>
</html>
"""


async def api_page(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Serve the page; whoever tries a call on it does so in the own session."""
    headers = ((b"cache-control", b"no-cache"),)
    await respond(send, 200, _PAGE, content_type="text/html; charset=utf-8", headers=headers)
