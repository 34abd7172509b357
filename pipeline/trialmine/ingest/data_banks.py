"""Accession numbers as MEDLINE lists them, told apart by the bank that they belong to."""

from __future__ import annotations

from trialmine.ingest import identifiers

# data banks of MEDLINE that are trial registries; the others hold sequences, structures and data sets
_REGISTRIES = frozenset({
    "clinicaltrials.gov", "isrctn", "eudract", "anzctr", "chictr", "cris", "ctri", "drks", "irct", "japiccti",
    "jmacct", "jprn", "jrct", "ntr", "pactr", "rebec", "repec", "rpcec", "slctr", "tctr", "umin-ctr",
})  # fmt: skip


def trial_numbers(bank: str, accession: str) -> tuple[str, ...]:
    """The trial registry numbers in an accession number; none when the bank is no trial registry.

    >>> trial_numbers("ClinicalTrials.gov", "NCT00000102"), trial_numbers("GENBANK", "AB123456")
    (('NCT00000102',), ())
    """
    known = bank.strip().lower() in _REGISTRIES
    return identifiers.registry_ids(accession) or ((accession.strip(),) if known and accession.strip() else ())
