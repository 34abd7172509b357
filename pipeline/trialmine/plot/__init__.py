"""Charts of a run as SVG or PNG: readable in grey, with words for those who can't see them."""
