"""The extractors, in one plain tuple.

To add one: a file with its PATTERNS and one function, a line here, a case table in tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from trialmine.extract.adverse_event import extract_adverse_events
from trialmine.extract.arm import extract_arms
from trialmine.extract.condition import extract_conditions
from trialmine.extract.design import extract_design
from trialmine.extract.document_kind import extract_document_kind
from trialmine.extract.dose import extract_doses
from trialmine.extract.dosed_name import extract_dosed_names
from trialmine.extract.dosing_role import extract_dosing_roles
from trialmine.extract.duration import extract_durations
from trialmine.extract.eligibility import extract_criteria
from trialmine.extract.endpoint import extract_endpoints
from trialmine.extract.evaluable import extract_evaluable
from trialmine.extract.event_count import extract_event_counts
from trialmine.extract.frequency import extract_frequencies
from trialmine.extract.infusion_time import extract_administrations, extract_infusion_times
from trialmine.extract.intervention import extract_interventions
from trialmine.extract.population import extract_population
from trialmine.extract.route import extract_routes
from trialmine.extract.schedule import extract_schedules
from trialmine.extract.stated_endpoint import extract_stated_endpoints
from trialmine.extract.statistics_mentions import STATISTICS_EXTRACTORS
from trialmine.extract.timepoint import extract_timepoints
from trialmine.extract.untreated_group import extract_untreated_groups
from trialmine.records.article import Article, Mention, Mentions

Extractor = Callable[[Article], Iterable[Mention]]

DOSING_EXTRACTORS: tuple[Extractor, ...] = (
    extract_doses,
    extract_frequencies,
    extract_schedules,
    extract_durations,
    extract_routes,
    extract_infusion_times,
    extract_administrations,
    extract_conditions,
    extract_dosing_roles,
)
EXTRACTORS: tuple[Extractor, ...] = (
    # how the trial was set up, and who took part
    extract_design,
    extract_population,
    extract_evaluable,
    extract_criteria,
    extract_document_kind,
    # what was given, and to whom
    extract_interventions,
    extract_dosed_names,
    extract_arms,
    extract_untreated_groups,
    *DOSING_EXTRACTORS,
    # what was measured and found
    extract_endpoints,
    extract_stated_endpoints,
    extract_timepoints,
    extract_adverse_events,
    extract_event_counts,
    *STATISTICS_EXTRACTORS,
)


def extract_mentions(article: Article) -> Mentions:
    """Run every extractor over the article."""
    return Mentions.of(mention for extractor in EXTRACTORS for mention in extractor(article))
