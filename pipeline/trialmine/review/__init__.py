"""What people correct: an append-only patch beside a run, the records that it gives, gold records made of them."""
