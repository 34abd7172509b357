"""trialmine: noisy clinical-trial text in, validated and evidence-linked trial records out."""

__version__ = "0.1.0"
