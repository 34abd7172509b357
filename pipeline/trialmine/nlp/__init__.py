"""Cleaned text to an Article: sections, sentences, abbreviations, entities."""
