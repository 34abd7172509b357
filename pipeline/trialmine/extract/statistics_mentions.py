"""The extractors that the statistics block is built from."""

from __future__ import annotations

from trialmine.extract.confidence_interval import extract_confidence_intervals
from trialmine.extract.dispersion import extract_dispersions
from trialmine.extract.estimate import extract_estimate_names
from trialmine.extract.p_value import extract_p_values
from trialmine.extract.proportion import extract_fractions
from trialmine.extract.quantity import extract_quantities

STATISTICS_EXTRACTORS = (
    extract_p_values,
    extract_confidence_intervals,
    extract_dispersions,
    extract_fractions,
    extract_quantities,
    extract_estimate_names,
)
