"""Many documents: plan, run, manifest."""
