"""Word lists and the pattern fragments that several grammars share."""
