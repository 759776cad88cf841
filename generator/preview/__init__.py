"""Preview: a brief in the browser that follows the files it is made of; the home of Starlette, Uvicorn, watchfiles."""

from generator.preview.server import Shown, serve

__all__ = ["Shown", "serve"]
