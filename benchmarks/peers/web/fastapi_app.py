"""The endpoint in FastAPI, with the body checked against a model or read as it is."""

from typing import Any

from fastapi import FastAPI, Request
from pydantic import BaseModel


class Item(BaseModel):
    name: str
    price: float
    tags: list[str]
    stock: dict[str, int]


async def checked(number: int, size: int, item: Item) -> dict[str, Any]:
    return {"number": number, "size": size, "item": item.model_dump()}


async def unchecked(number: int, size: int, request: Request) -> dict[str, Any]:
    return {"number": number, "size": size, "item": await request.json()}


def make(validated: bool) -> FastAPI:
    """An ASGI application."""
    app = FastAPI()
    app.post("/items/{number}")(checked if validated else unchecked)
    return app
