"""The adverse_events block of the record: what may be an event, the judge of it, and the counts that belong to it."""
