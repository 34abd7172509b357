"""What is counted or measured where a number tells of no people: "6 mmol", "four weeks", "two groups"."""

MEASURED = (
    r"(?:[mµμ]?[cglL]|m[clL]g|kg|mm|cm|mmHg|IU|U|Gy|h|hrs?|min(?:utes?)?|hours?|days?|weeks?|wks?|months?|mo|years?|yrs?|cycles?|times"
    r"|m?mol|k?cal|k?J|M?Hz|dB|[mµμ]g/\S+|ml/\S+|ng|percent|per\s?cent|points?|(?:\w+\s)?(?:groups|arms|cohorts|blocks|clusters|centers|centres|sites))"
)
