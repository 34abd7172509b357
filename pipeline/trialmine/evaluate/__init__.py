"""How good it is: spans, records and public corpora scored against gold."""
