"""The arms of the record: proposals, the choice among sets of them, labels, members, sizes."""
