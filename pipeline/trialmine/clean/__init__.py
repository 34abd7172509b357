"""Repairs of noisy text that remember what they did."""
