"""The trialmine command."""
