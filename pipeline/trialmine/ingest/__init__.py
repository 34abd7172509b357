"""Readers: bytes of any supported format in, Documents out."""
