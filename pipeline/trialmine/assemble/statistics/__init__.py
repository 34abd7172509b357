"""The statistics of the record: measure, value, P, endpoint, arms, direction, time point."""
