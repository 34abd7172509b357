"""The frozen types that every stage speaks: documents, edits, mentions and the trial record."""
