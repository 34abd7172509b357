"""Documents by their ids from PubMed, PubMed Central, Europe PMC and ClinicalTrials.gov: all that uses a network."""
