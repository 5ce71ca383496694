"""Settings that are JSON: `vercel.json`, and the website configuration of a bucket."""

import json
from collections.abc import Iterable
from typing import Any

from tiebreak.hosts import headers
from tiebreak.hosts.site_facts import Redirect, SiteFacts


def vercel(facts: SiteFacts, taken: Iterable[Redirect]) -> bytes:
    """Sources are patterns; what they read as one stands percent-encoded in an address."""

    def rule(source: str, fields: dict[str, str]) -> dict[str, Any]:
        return {
            "source": facts.prefix + source,
            "headers": [{"key": key, "value": value} for key, value in fields.items()],
        }

    return _json(
        {
            "trailingSlash": True,
            "redirects": [
                {"source": facts.full(one.old), "destination": facts.full(one.new), "statusCode": 301} for one in taken
            ],
            "headers": [
                rule("(.*)", headers.of_all(search=facts.search)),
                rule(f"({facts.hashed}.*)", {"Cache-Control": headers.IMMUTABLE}),
                *(rule(f"(.*){end}", {"Content-Type": kind}) for end, kind in headers.TYPES.items()),
            ],
        }
    )


def bucket(facts: SiteFacts, taken: Iterable[Redirect]) -> bytes:
    """For `aws s3api put-bucket-website`. Keys of a bucket have no slash in front."""
    rules = [
        {
            "Condition": {"KeyPrefixEquals": facts.file(one.old).lstrip("/")},
            "Redirect": {"ReplaceKeyWith": facts.file(one.new).lstrip("/"), "HttpRedirectCode": "301"},
        }
        for one in taken
    ]
    return _json(
        {
            "IndexDocument": {"Suffix": "index.html"},
            "ErrorDocument": {"Key": f"{facts.root}404.html".lstrip("/")},
            **({"RoutingRules": rules} if rules else {}),
        }
    )


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
