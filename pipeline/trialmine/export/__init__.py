"""Records in the formats that other tools read: a file per format, the list of them in registry.py."""
