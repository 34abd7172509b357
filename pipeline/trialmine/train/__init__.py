"""Corpora to models."""
