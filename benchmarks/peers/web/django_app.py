"""The endpoint in Django, behind the middleware that `startproject` writes or behind none, for WSGI or for ASGI."""

import json
from typing import Any

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path

# Those of `startproject` but the one against forged requests, whose token a client of an API does not have.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
APPS = [f"django.contrib.{name}" for name in ("auth", "contenttypes", "sessions", "messages")]
urlpatterns = []


def view(request: HttpRequest, number: int) -> JsonResponse:
    return JsonResponse({"number": number, "size": int(request.GET["size"]), "item": json.loads(request.body)})


async def coroutine(request: HttpRequest, number: int) -> JsonResponse:
    return view(request, number)


def make(wsgi: bool, middleware: bool) -> Any:
    """A WSGI or an ASGI application."""
    settings.configure(
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["*"],
        MIDDLEWARE=MIDDLEWARE if middleware else [],
        INSTALLED_APPS=APPS if middleware else [],
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        SECRET_KEY="measured",
        LOGGING_CONFIG=None,
    )
    urlpatterns.append(path("items/<int:number>", view if wsgi else coroutine))
    return get_wsgi_application() if wsgi else get_asgi_application()
