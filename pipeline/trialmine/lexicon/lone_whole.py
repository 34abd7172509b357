"""A number alone before an amount ("0 5 mg", "7 5 mg"): what may be left of one that lost its point."""

AMOUNT_UNIT = r"(?:[mk]?g|mcg|ug|[μµ]g|ng|ml|mL|L|IU|U|units?|mmol|[MG]Bq|mCi|Gy|%)(?![\w])"
LONE_ZERO = (
    r"(?<![\w.,/:=-]|[\d=-]\s|\b(?:days?|weeks?|hours?|months?|times?|visits?|grades?|levels?|cycles?|groups?|n)\s)0\s"
)
LONE_ZERO_AMOUNT = rf"{LONE_ZERO}\d{{1,3}}\s?{AMOUNT_UNIT}"

# what is numbered by the number behind it, and names that end in one
_NUMBERED = (
    r"(?:days?|nights?|weeks?|wk|hours?|months?|years?|times?|visits?|grades?|levels?|cycles?|groups?|arms?|cohorts?|phases?|stages?|steps?"
    r"|parts?|periods?|types?|class|stud(?:y|ies)|trials?|regimens?|sequences?|sessions?|numbers?|no\.|tables?|figures?|lines?|sites?|scores?"
    r"|doses?\s(?:no\.?|number)|aged?|ages|vitamins?|omega|factors?|alpha|alfa|beta|gamma|delta|interleukins?|interferon|coenzyme|serotypes?|strains?"
    r"|polysorbate|tween|macrogol|dextran|hetastarch|glargine|iodine|iodide|phosphorus|strontium|yttrium|technetium|lutetium|radium|rhenium"
    r"|samarium|version|of\sthe|the|these|those|all|other|another|further|additional|remaining|at\sT|n)"
)
LONE_WHOLE = (
    rf"(?<![\w.,·/:=<>≤≥±+×*^−–-]|\d\s|[=<>≤≥±×]\s|\b{_NUMBERED}\s|\b(?-i:\p{{Lu}}[\p{{Lu}}\d]{{0,5}})\s|\b{_NUMBERED}\s\d{{1,2}}(?:,|,?\s(?:and|or|to))\s)"
    r"[1-9]\d{0,2}\s"
)
# "two 5-mg tablets" in digits are counted
_THINGS = (
    r"(?:tablets|capsules|pills|caplets|softgels|puffs|vials|ampoules|patches|lozenges|inhalations|sprays|sachets|suppositories|pens"
    r"|doses|injections|infusions|bolus(?:es)|fractions|drops|cups|bottles|bags|portions|servings|administrations|cycles|courses)"
)
_ONE_THING = r"(?:tablet|capsule|pill|caplet|puff|vial|ampoule|patch|lozenge|sachet|suppository)"
COUNTED = rf"(?:[\s-]{{0,2}}(?:[^\W\d][\w-]*\s){{0,3}}?{_THINGS}\b|[\s-]{{0,2}}{_ONE_THING}\b)"
# "10 50 mcg/kg" is a range
_BY_BODY = r"\s?/\s?(?:kg|m)"
LONE_WHOLE_AMOUNT = (
    rf"{LONE_WHOLE}(?:\d|[27]5|\d{{2}}(?=\s?-?{AMOUNT_UNIT}(?!{_BY_BODY})))\s?-?{AMOUNT_UNIT}(?!{COUNTED})"
)
