"""A zero alone before an amount ("0 5 mg"): what is left of a fraction that lost its point."""

AMOUNT_UNIT = r"(?:[mk]?g|mcg|ug|[μµ]g|ng|ml|mL|L|IU|U|units?|mmol|[MG]Bq|mCi|Gy|%)(?![\w])"
LONE_ZERO = (
    r"(?<![\w.,/:=-]|[\d=-]\s|\b(?:days?|weeks?|hours?|months?|times?|visits?|grades?|levels?|cycles?|groups?|n)\s)0\s"
)
LONE_ZERO_AMOUNT = rf"{LONE_ZERO}\d{{1,3}}\s?{AMOUNT_UNIT}"
