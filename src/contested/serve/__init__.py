"""The record as web pages, for one person on one machine: read only, no scripts, a token.

`contested.serve.run.listen` starts it; `contested.serve.app.create_app` gives the ASGI app.
Needs the extra ``serve`` (Starlette, uvicorn, Jinja).
"""
