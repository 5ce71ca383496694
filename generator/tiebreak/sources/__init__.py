"""Cited sources: fetches them politely, and writes to the lock which claims their texts bear out."""
