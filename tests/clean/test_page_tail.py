"""What a saved page of a literature service lists below its article."""

from __future__ import annotations

import pytest

from trialmine.clean import clean

ARTICLE = (
    "Alfamine for sleep in shift workers\n\nBackground: Nights are long. Methods: In this trial 120 nurses got "
    "alfamine 5 mg or placebo once daily for two weeks, and kept a diary of their sleep, their moods and all they ate "
    "in between. Results: They slept for 21 minutes more with alfamine.\n"
)
LIST = "\nSimilar articles\nBetamine in nurses who sleep badly. Doe J. J Sleep. 2019.\nCited by 45 articles\n"


@pytest.mark.parametrize("name", ["PMID: 39900001 DOI: 10.1000/x", "PMCID: PMC9900001"])
def test_one_list_ends_the_article_where_the_page_names_itself(name: str) -> None:
    assert "Betamine" not in clean(f"J Sleep\n{name}\n\n{ARTICLE}{LIST}").text


def test_a_text_of_no_page_is_left() -> None:
    assert "Betamine" in clean(ARTICLE + LIST).text
