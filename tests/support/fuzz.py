"""Throws mutated inputs at readers, cleaning, values and the pipeline, and keeps each that crashes, hangs or breaks a law.

python tests/support/fuzz.py --inputs 1000000 --seconds 7200 --keep /tmp/crashes
python tests/support/fuzz.py --first 4711 --inputs 1         # one input again: its number makes it, with the seed
python tests/support/fuzz.py --guided --target readers       # led by coverage, with atheris

Inputs grow from the files of fuzz_seeds/ and from texts of our own. A crash that was mended stays there as a file whose
name begins with its target; tests/test_fuzz.py runs them all.
"""

# ruff: noqa: E501 (the list of words reads better in long lines)
from __future__ import annotations

import argparse
import faulthandler
import json
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from time import monotonic, process_time
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.corruptor import FAMILIES, corrupt, of_family
from support.fuzz_targets import TARGETS
from support.trial_texts import trial_text

SEEDS = Path(__file__).parent / "fuzz_seeds"
HANGS = 20  # seconds; a clean text of this length takes a thousandth of that
_SHARES = {"cleaning": 35, "values": 40, "readers": 24, "pipeline": 1}
_TEXTS = 40
# what grammars, cleaning and readers react to
_WORDS = (
    "mg", "mg/kg", "mg m-2", "ten mcg kg", "± ", "95% CI", "P < 0.001", "p 0 05", "n = 20", "( n = 20 )", "1-5 and 15-19",
    "twice daily", "every 3 weeks", "HR 0.", "10(9)/L", "10^7", "> or = 18", "≥", "â‰¥", "&gte;", "<sup>2</sup>", "\u00ad", "-\n",
    "\x00", "\x1a", "\ufeff", "\u2028", "\u202e", "\U0001f489", "\u0661", "½", "٫", "１", "\n\n", "\r", "\t", "|", '"', "'", ",", ";",
    "Methods:", "Results:", "RESULTS\n", "References\n", "et al.", "phase one 2", "grade three", "sorafe nib", "utmost dose",
    "9" * 400, "1e999", "0x1F", "-0", "1/0", "0.0.0.0", "NaN", "(" * 60, ")" * 60, "a" * 3000, "1 " * 800, "- " * 800, ". " * 500,
    '{"text": "', "}", "[", "]", "<PubmedArticle>", "</PubmedArticle>", "<article>", "<p>", "</div>", "<!--", "<![CDATA[", "&#0;",
    "&#55357;", "<!DOCTYPE a [", "<?xml version='1.0' encoding='x'?>", "PMID- ", "AB  - ", "TY  - JOUR", "ER  - ", "doc_id,text\n",
    "PK\x03\x04", "\x1f\x8b", "BZh", "%PDF-1.4", "{\\rtf",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Crash:
    """An input that should have done no harm."""

    target: str
    number: int
    what: str
    place: str
    data: bytes


@dataclass(slots=True)
class Campaign:
    """What was tried and what came of it; of crashes at one place the first is kept."""

    tried: Counter[str] = field(default_factory=Counter)
    crashes: dict[tuple[str, str, str], Crash] = field(default_factory=dict)
    again: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    slowest: dict[str, tuple[float, int]] = field(default_factory=dict)

    def add(self, target: str, number: int, seconds: float, crash: Crash | None) -> None:
        """Count one input."""
        self.tried[target] += 1
        self.slowest[target] = max(self.slowest.get(target, (0.0, 0)), (seconds, number))
        if crash is not None:
            key = (target, crash.what.split(":")[0], crash.place)
            self.again[key] += 1
            self.crashes.setdefault(key, crash)

    def as_json(self) -> Mapping[str, object]:
        """All of it but the inputs."""
        return {
            "inputs": self.tried.total(),
            "targets": dict(self.tried),
            "slowest": {t: {"seconds": round(s, 3), "number": n} for t, (s, n) in self.slowest.items()},
            "crashes": [
                {"target": c.target, "number": c.number, "what": c.what, "place": c.place, "times": self.again[key]}
                for key, c in self.crashes.items()
            ],
        }


@cache
def seeds(target: str) -> tuple[bytes, ...]:
    """What a target's inputs grow from."""
    texts = [trial_text(n) for n in range(_TEXTS)]
    texts += [corrupt(text, of_family(family), 0).text for text, family in zip(texts, FAMILIES, strict=False)]
    files = [path.read_bytes() for path in sorted(SEEDS.iterdir())]
    if target == "readers":
        return tuple(files)
    return tuple(text.encode("utf-8", "surrogatepass") for text in texts)


def one_input(seed: int, number: int, targets: Sequence[str]) -> tuple[str, bytes]:
    """The target and the bytes of one input; the same numbers give the same."""
    rng = Random(f"{seed} {number}")
    target = rng.choices(targets, [_SHARES[t] for t in targets])[0]
    grown = rng.choice(seeds(target))
    if target in ("cleaning", "values") or (target == "pipeline" and rng.random() < 0.5):
        start = rng.randrange(max(len(grown) - 80, 1))
        grown = grown[start : start + rng.choice((40, 80, 120, 120, 300, 800))]
    if target == "values":
        grown = grown[:120]
    for _ in range(rng.choice((0, 1, 1, 2, 2, 4, 8, 30))):
        grown = _mutated(grown, target, rng)
    return target, grown[:60_000]


def _mutated(data: bytes, target: str, rng: Random) -> bytes:
    start = rng.randrange(len(data) + 1)
    end = min(len(data), start + rng.choice((1, 1, 1, 2, 4, 16, 100, 1000)))
    part = data[start:end]
    kind = rng.randrange(9)
    if kind == 0:
        part = bytes(b ^ (1 << rng.randrange(8)) for b in part[:1]) + part[1:]
    elif kind == 1:
        part = b""
    elif kind == 2:
        part *= rng.choice((2, 2, 3, 50))
    elif kind == 3:
        part = rng.randbytes(len(part))
    elif kind == 4:
        other = rng.choice(seeds(target))
        at = rng.randrange(len(other) + 1)
        part = other[at : at + rng.choice((10, 100, 1000))]
    elif kind == 5:
        return data[:start] if rng.random() < 0.3 else data[:start] + data[end:] + part
    elif kind == 6:
        part += chr(rng.choice((rng.randrange(0x80), rng.randrange(0x3000), rng.randrange(0x20, 0xD800)))).encode()
    else:
        part = rng.choice(_WORDS).encode() + (part if rng.random() < 0.5 else b"")
    return data[:start] + part + data[end:]


def tried(target: str, data: bytes, number: int) -> Crash | None:
    """What is wrong with what the target does with these bytes."""
    try:
        TARGETS[target](data)
    except Exception as error:  # noqa: BLE001 - any is a finding
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "trialmine" in f.filename] or [
            *traceback.extract_tb(error.__traceback__)
        ]
        place = f"{Path(frames[-1].filename).name}:{frames[-1].name}"
        return Crash(target, number, f"{type(error).__name__}: {str(error)[:300]}", place, data)
    return None


class _HangError(Exception):
    pass


def _alarm(_: int, __: FrameType | None) -> None:
    raise _HangError(f"more than {HANGS} s of computing")


def campaign(
    *, inputs: int, seconds: float, seed: int = 0, first: int = 0, targets: Sequence[str] = tuple(TARGETS)
) -> Iterator[Campaign]:
    """Try inputs one after the other until there are enough of them or the time is up."""
    done, end = Campaign(), monotonic() + seconds
    signal.signal(signal.SIGVTALRM, _alarm)
    for number in range(first, first + inputs):
        if monotonic() > end:
            break
        target, data = one_input(seed, number, targets)
        signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
        start = process_time()
        crash = tried(target, data, number)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        done.add(target, number, process_time() - start, crash)
        yield done


def guided(target: str, arguments: Sequence[str]) -> None:
    """The same target, led by coverage; ends at the first crash, which libFuzzer keeps."""
    import atheris  # noqa: PLC0415 - only for those who ask for it

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], *arguments], TARGETS[target])
    atheris.Fuzz()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--target", action="append", choices=list(TARGETS), help="these alone; may be repeated")
    parser.add_argument("--keep", type=Path, help="folder for crashing inputs and a report")
    parser.add_argument("--guided", action="store_true", help="led by coverage (needs atheris; one --target)")
    args, rest = parser.parse_known_args()
    faulthandler.enable()
    targets = args.target or list(TARGETS)
    if args.guided:
        guided(targets[0], [f"-max_total_time={args.seconds:.0f}", f"-runs={args.inputs}", *rest, str(SEEDS)])
        return
    done, told = Campaign(), monotonic()
    limits = {"inputs": args.inputs, "seconds": args.seconds, "seed": args.seed, "first": args.first}
    for done in campaign(**limits, targets=targets):
        if monotonic() - told > 30:
            told = monotonic()
            _tell(done, args.keep)
    _tell(done, args.keep)
    sys.exit(bool(done.crashes))


def _tell(done: Campaign, keep: Path | None) -> None:
    report = json.dumps(done.as_json(), indent=1, ensure_ascii=True)
    if keep is None:
        print(report)
        return
    keep.mkdir(parents=True, exist_ok=True)
    (keep / "report.json").write_text(report)
    for crash in done.crashes.values():
        (keep / f"{crash.target}-{crash.number}").write_bytes(crash.data)


if __name__ == "__main__":
    main()
