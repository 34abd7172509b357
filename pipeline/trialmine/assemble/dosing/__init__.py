"""The dosing rows of the record: mentions linked to interventions and arms, and the choice among them."""
