"""The endpoints of the record: mentions merged into outcomes, with role and time point."""
