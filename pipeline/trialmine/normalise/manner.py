"""Words that tell how something was given: for how long, by which route, when, in which form; by the kind of each."""

from __future__ import annotations

from trialmine.lexicon.search import Search
from trialmine.normalise.number import NUMBER

UNITS = (
    r"(?:hours?|hrs?|h|days?|weeks?|wks?|months?|years?|minutes?|min|cycles?|courses?|doses?|sessions?|injections?"
    r"|fractions?)"
)
_KINDS = {
    "span": (
        rf"{NUMBER}(?:[\s-]?{UNITS}(?!\s(?:old|later|post|of\sage|follow|before|after)\b)|(?=\s+(?:or|versus|vs\.?)\s+{NUMBER}[\s-]{UNITS}))"
        r"|(?:single|multiple|repeated)(?=[\s-]dose)"
    ),
    "route": (
        r"oral(?:ly)?|(?:intra(?:venous|muscular|nasal|thecal|dermal|peritoneal|vesical|vitreal)|subcutaneous|sublingual|buccal|rectal|vaginal"
        r"|epidural|topical|transdermal|perineural|parenteral|enteral)(?:ly)?|i\.?v\.?|inhaled|nebuli[sz]ed|systemic(?:ally)?"
    ),
    "when": (
        r"early|late|immediate|delayed|deferred|pre-?operative(?:ly)?|post-?operative(?:ly)?|intra-?operative(?:ly)?|pre-?emptive|morning"
        r"|evening|concurrent|sequential|simultaneous|on-?demand|continuous|intermittent|bolus|pulsed"
    ),
    "point": (
        r"(?:immediately|just|shortly)\s(?:before|after)|(?:before|after)(?=\s+(?:(?:or|versus|vs\.?)\s|surgery|induction|delivery|skin|incision|meals?|food))"
    ),
    "how": (
        r"extended|prolonged|(?:short|long)(?:er)?(?:[\s-](?:course|term|duration))?|repeated|divided|rapid|slow|fast|restrictive|liberal"
        r"|intensive|conservative|routine|selective|fixed|flexible|supervised|unsupervised|group|individual|(?:home|hospital|cent(?:re|er)|clinic)-based"
        r"|face-to-face|(?:low|moderate|high)-intensity|tight|loose|open|closed|cold|warm"
    ),
    "often": (
        r"(?:once|twice|thrice|(?:three|four|[2-7])\stimes)(?:[\s-](?:daily|weekly|a\sday|a\sweek|per\sday|per\sweek))?"
        rf"|weekly|biweekly|monthly|daily|every\s(?:other\s)?(?:{NUMBER}[\s-])?(?:hours?|h|days?|weeks?|months?)"
    ),
    "form": (
        r"tablets?|capsules?|gel|spray|cream|ointment|lotion|syrup|suspension|solution|drops|suppository|patch|powder|film"
        r"|foam|granules"
    ),
    "much": (
        r"(?:low|high|standard|full|half|double|medium|moderate|reduced)(?:er)?[-\s]dose"
        r"|(?:low|high)(?=\s(?:or|versus|vs\.?)\s(?:high|low)[\s-]dose)"
    ),
}  # fmt: skip
MANNER = Search(
    "|".join(rf"(?P<{kind}>(?<![\p{{L}}\d.-])(?:{words})(?![\p{{L}}\d]))" for kind, words in _KINDS.items())
)
