"""Public corpora that the records are measured on, a file each; the list of them is in registry.py."""
