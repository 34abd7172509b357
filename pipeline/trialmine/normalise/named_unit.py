"""Units with words in them: "anti-Xa units", "two study tablets", "2 x 10^6 CD34+ cells"."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

import regex

# what units of activity are of; "intensive care units" and "Hounsfield units" are none
_ACTIVITY = (
    r"(?:anti-?(?:factor[\s-])?Xa|speywood|botulin(?:um|al)|(?:anti)?toxin|botox|dysport|allergan|mouse|LD50|lipase|amylase|protease|elastase|lactase|pancreatin|(?:lipo)?protein|releasing|lipas(?:a)?emic"
    r"|FIP|Ph\.?\s?Eur\.?|USP|BP|NF|FCC|(?:chymo)?trypsin|inhibit(?:or|ing)|inactivator|biological|enzyme|antivenom|hyaluronidase|collagenase|fibrinolytic|heparin|insulin|interferon|streptokinase"
    r"|urokinase|aprotinin|asparaginase|viral|adenoviral|r?Ad(?:-p53)?|infectious|antigen|factor\s[VIX]{1,4})"
)
_MADE = (
    r"(?:study|trial|test|active|treatment|supplement|oral|daily|vaginal|rectal|sublingual|buccal|chewable|effervescent|dispersible|orodispersible|soluble|soft-?gel|hard|gelatine?|soft|enteric[\s-]coated|film[\s-]coated|coated"
    r"|white|brown|red|yellow|blue|green|colou?red|opaque|(?:liquid|oil|powder)[\s-]filled|similar|matching|identical|probiotic|synbiotic|herbal|(?:multi)?vitamin|mineral|micronutrient|iron|zinc|calcium|folic\sacid|fish[\s-]oil|(?:sustained|extended|slow|immediate|modified|controlled)[\s-]release|fixed[\s-]dose|combination|combined|whole|regular|standard)"
)
FORM = r"(?:tablets?|capsules?|pills?|caplets?|softgels?|sachets?|packets?|lozenges?|suppositor(?:y|ies)|patch(?:es)?)"
_CELLS = (
    r"(?:CD\d{1,3}[+(]?\+?\)?|positive|negative|CAR[\s-]?T?\+?|T|NK|B|dendritic|stem|stromal|mesenchymal|progenitor|precursor|mononuclear|nucleated|viable|living|live|autologous|allogen(?:e)?ic|bone[\s-]marrow|marrow|umbilical|cord|blood|peripheral|adipose|tissue"
    r"|\w+-derived|derived|tumou?r|infiltrating|killer|regulatory|h(?:a)?ematopoietic|transduced|modified|engineered|irradiated|vaccine|leuk(?:a)?emi[ac]|melanoma|myeloid|endothelial|muscle|cardiac|neural|limbal|epithelial|retinal|pigment|red|white)"
)
_CELL_NAMES = (
    r"(?-i:(?:[a-z]{1,3}-?|[A-Z]{1,5}-?){0,2}(?:MSC|MNC|MDMC|ADSC|ADRC|EPC|HSC|PBSC|TIL|CTL|TNC|CIK|PBMC|DC|SVF)s?)(?:\scells?)?"
    r"|lymphocytes|leu[ck]ocytes|chondrocytes|myoblasts|fibroblasts|keratinocytes|hepatocytes|granulocytes|splenocytes|melanocytes"
)
CELL_NAME = rf"(?:(?:{_CELLS}[\s-]+){{0,6}}cells|{_CELL_NAMES})"

NAMED_UNIT = (
    rf"(?:(?:{_ACTIVITY}[\s-]){{1,4}}(?:\([A-Za-z]{{1,4}}\)\s)?(?:international\s)?(?:units?|IU)"
    rf"|(?:{_MADE}[\s-]){{1,5}}{FORM}|(?:{_CELLS}[\s-]+){{1,6}}cells?|{_CELL_NAMES})"
)
"""A regex fragment; what it finds is for `plain_unit`."""

_QUALIFIED = regex.compile(
    rf"^(?:{_ACTIVITY}[\s-])+(?:\([A-Za-z]{{1,4}}\)\s)?(?=(?:international\s)?(?:units?|IU)\b)|^(?:{_MADE}[\s-])+(?={FORM}\b)",
    regex.IGNORECASE,
)
_OF_CELLS = regex.compile(rf"^{CELL_NAME}(?![\w-])", regex.IGNORECASE)


def plain_unit(text: str) -> str:
    """A unit without the words that only say what it is of.

    >>> plain_unit("anti-Xa units/kg"), plain_unit("study pills"), plain_unit("CD34+ cells/kg"), plain_unit("MSCs per kg")
    ('units/kg', 'pills', 'cells/kg', 'cells per kg')
    >>> plain_unit("mg/kg"), plain_unit("intensive care units")
    ('mg/kg', 'intensive care units')
    """
    return _OF_CELLS.sub("cells", _QUALIFIED.sub("", text))
