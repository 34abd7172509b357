"""Document text -> CleanText: what can be repaired is repaired and explained, nothing is invented."""

from trialmine.clean.cleaner import clean
from trialmine.clean.explain import explain

__all__ = ["clean", "explain"]
