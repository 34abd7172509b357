"""Grammars: an Article in, Mentions out."""
