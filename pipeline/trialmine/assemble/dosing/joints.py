"""What stands between the items of a list, and between an attribute and the item that it is told of."""

from __future__ import annotations

import regex

_FILL = (
    r"of|a|an|the|dose|doses|dosing|dosages?|amounts?|infusions?|injections?|injected|treatment|therapy|with|either|administration|oral|low|high|bolus|use|single|fixed|subcutaneous"
    r"|intravenous|inj|study|drug|at|continuous|tablets?|capsules?|regimen|application|instillation|supplementation|repeated|multiple|daily|weekly|course|courses|iv"
    r"|(?:long|short|rapid)[\s-]acting|(?:extended|sustained|modified|immediate|delayed|controlled|slow)[\s-]release|generic|recombinant|human|liposomal|pegylated|delivering|containing|providing"
)
# an attribute that stands right before its drug: "weekly paclitaxel", "single doses of X"
FORWARD = regex.compile(rf"[\s\-–(]*(?:(?:{_FILL})\b[\s\-–(]*){{0,5}}", regex.IGNORECASE)
LISTED = regex.compile(
    r"[\s,()\[\]®™/+&±-]*(?:\([^()]{0,60}\)[\s,]*)?(?:(?:and|or|plus|versus|vs\.?|with|compared\s(?:with|to)|combined\swith|in\scombination\swith|either|an?|the|matching|identical"
    r"|arm|group|each|matched|corresponding|followed\sby|then|of|oral|intravenous|low|lower|high|higher|medium|intermediate|standard|dose|doses|n\s?=\s?\d+|both|to|as|receive|received|(?:long|short|rapid)[\s-]acting|(?:extended|sustained|immediate|modified|slow|controlled)[\s-]release|patients|subjects|participants|women|men|children|eyes|(?-i:[A-Z0-9][A-Za-z0-9]{0,5})|\d{1,3})\b[\s,.()\[\]®™/+&:=-]*){0,10}",
    regex.IGNORECASE,
)
# "2 g of ginger supplements or placebo": a few words of any kind around the conjunction
LOOSELY_LISTED = regex.compile(
    r"[^.;:(]{0,24}\b(?:or|and|plus|versus|vs\.?|compared\s(?:with|to))\b[^.;:(]{0,20}", regex.IGNORECASE
)
# "oral A-B": written as one
AS_ONE = regex.compile(r"[-–/+]|\s[/+]\s")
