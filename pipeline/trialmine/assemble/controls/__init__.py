"""What the trial's treatments are set against."""
