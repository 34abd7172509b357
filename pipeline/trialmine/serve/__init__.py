"""The review page and its JSON API: texts in over HTTP, records, corrections and exports out."""
