"""Mentions to the linked, evidenced blocks of a trial record."""
