"""The interventions of the record: candidates, their features and the choice among them."""
