"""How well garbled text is repaired: precision and recall by class of damage, on copies with known damage.

python tests/support/robustness.py                        # our own texts
python tests/support/robustness.py abstracts.jsonl        # any texts: JSON lines with a "text"
python tests/support/robustness.py --misses "SYN words"   # what one class misses
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.corruptor import FAMILIES, Noisy, corrupt, of_family
from support.trial_texts import trial_text
from trialmine.clean import clean
from trialmine.normalise.number import WORD_VALUES, number
from trialmine.records.document import CleanText

TEXTS = 60
_NORMAL_FORMS = ("unicode.", "number.")


@dataclass(slots=True)
class Tally:
    """Damage of one class: how many places, how many came out right, how many were left raw, and what went wrong."""

    done: int = 0
    right: int = 0
    said: int = 0
    left: int = 0
    wrong: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Of the damaged places, the share that reads as before the damage."""
        return self.right / self.done if self.done else 1.0

    @property
    def precision(self) -> float:
        """Of the places that cleaning changed, the share that reads as before the damage."""
        changed = self.right + len(self.wrong)
        return self.right / changed if changed else 1.0


@dataclass(slots=True)
class Report:
    """Tallies by class, and the edits of undamaged places."""

    by_class: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    edits: int = 0
    stray: list[str] = field(default_factory=list)


def measure(texts: Iterable[str], families: Iterable[str] = FAMILIES) -> Report:
    """Every text damaged by every family in turn, cleaned and compared with itself cleaned before the damage."""
    report = Report()
    for seed, text in enumerate(texts):
        settled = clean(text).text  # what cleaning does to the undamaged text is no part of the measure
        for family in families:
            _compare(corrupt(settled, of_family(family), seed), report)
    return report


def _compare(noisy: Noisy, report: Report) -> None:
    cleaned = clean(noisy.text)
    spans = [(e.start, e.end) for e in noisy.truth.edits]
    for (start, end), kind in zip(spans, noisy.kinds, strict=True):
        tally = report.by_class[kind.name]
        tally.done += 1
        raw, got, wanted = _readings(noisy, cleaned, start, end)
        tally.said += any(i.start < end + 12 and start - 12 < i.end for i in cleaned.issues)
        if _plain(got) == _plain(wanted):
            tally.left += kind.verdict == "say"
            tally.right += kind.verdict == "repair"
        else:
            into = tally.misses if _plain(got) == _plain(raw) else tally.wrong
            into.append(f"{raw!r} -> {got!r}, not {wanted!r}")
    for e in cleaned.edits:
        if e.rule.startswith(_NORMAL_FORMS):
            continue
        report.edits += 1
        raw, got, wanted = _readings(noisy, cleaned, e.start, e.end)
        if not any(s < e.end and e.start < t for s, t in spans) and _plain(got) != _plain(wanted):
            report.stray.append(f"{e.rule}: {raw!r} -> {got!r}")


def _readings(noisy: Noisy, cleaned: CleanText, start: int, end: int) -> tuple[str, str, str]:
    """The whole words around start:end as they stand, as cleaning reads them, and as they stood before the damage."""
    text = noisy.text
    inside = {at for e in noisy.truth.edits for at in range(e.start, e.end)}  # blanks that are damage end no word
    left, right = start, end
    while left > 0 and (text[left - 1] != " " or left - 1 in inside):
        left -= 1
    while right < len(text) and (text[right] != " " or right in inside):
        right += 1
    return (
        text[left:right],
        cleaned.text[cleaned.to_clean(left) : cleaned.to_clean(right)],
        noisy.truth.text[noisy.truth.to_clean(left) : noisy.truth.to_clean(right)],
    )


_NUMERAL = re.compile(rf"\b(?:{'|'.join(WORD_VALUES)})\b")
_SAME = str.maketrans({"−": "-", "–": "-", "µ": "μ"})


def _plain(text: str) -> str:
    """Readings that say the same are the same: letter case, blanks, dashes, powers, numbers in words."""
    text = re.sub(r"\s?m-2|/m\(2\)", "/m2", re.sub(r"\skg-1", "/kg", text.translate(_SAME).lower()))
    text = re.sub(r"10\^(\d+)(?=\s?cfu)|10\((\d+)\)", lambda m: str(10 ** int(m[1] or m[2])), text)
    text = re.sub(r"10\^(\d+)", lambda m: str(10 ** int(m[1])), text)
    text = _NUMERAL.sub(lambda m: f"{number(m[0]):g}", text.replace("+/-", "±"))
    return "".join(text.split())


def table(report: Report) -> str:
    """The report as a table in Markdown."""
    lines = [
        "| class | damaged | right | left, said | recall | precision |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, t in report.by_class.items():
        if t.left:
            lines.append(f"| {name} | {t.done} | | {t.left}, {t.said} | | |")
        else:
            lines.append(f"| {name} | {t.done} | {t.right} | | {t.recall:.2f} | {t.precision:.2f} |")
    lines.append(
        f"\nEdits in all: {report.edits}; edits of undamaged places that changed what they say: {len(report.stray)}"
    )
    return "\n".join(lines)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path, help="JSON lines with a text; our own texts without it")
    parser.add_argument("--limit", type=int, default=TEXTS)
    parser.add_argument("--misses", help="show what this class misses and gets wrong; 'stray' for edits elsewhere")
    args = parser.parse_args()
    if args.texts:
        rows = args.texts.read_text(encoding="utf-8").splitlines()[: args.limit]
        texts = [json.loads(row)["text"] for row in rows]
    else:
        texts = [trial_text(seed) for seed in range(args.limit)]
    report = measure(texts)
    if args.misses == "stray":
        print("\n".join(report.stray))
    elif args.misses:
        tally = report.by_class[args.misses]
        print("\n".join(["missed:", *tally.misses, "wrong:", *tally.wrong]))
    else:
        print(table(report))


if __name__ == "__main__":
    main()
