"""The endpoint in Flask."""

from flask import Flask, Response, jsonify, request


def make() -> Flask:
    """A WSGI application."""
    app = Flask(__name__)

    @app.post("/items/<int:number>")
    def item(number: int) -> Response:
        return jsonify({"number": number, "size": request.args.get("size", type=int), "item": request.get_json()})

    return app
