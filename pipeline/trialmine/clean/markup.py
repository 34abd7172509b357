"""What other programs' ways to write a text leave in it: TeX commands, and the escapes of JSON and of source code."""

from __future__ import annotations

from trialmine.clean.repair import Match, Repair, to
from trialmine.clean.view import Hints
from trialmine.lexicon.pattern import Pattern

_BACKSLASH = Hints(characters="\\")
_DOLLAR = Hints(characters="$")
_TEX = {
    "pm": "±", "mp": "∓", "mu": "μ", "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥",
    "lt": "<", "gt": ">", "times": "×", "cdot": "·", "sim": "~", "approx": "≈", "neq": "≠", "ne": "≠", "alpha": "α",
    "beta": "β", "gamma": "γ", "delta": "δ", "Delta": "Δ", "kappa": "κ", "lambda": "λ", "chi": "χ", "circ": "°",
    "degree": "°", "to": "→", "rightarrow": "→", "textmu": "μ", "textpm": "±", "textless": "<", "textgreater": ">",
    "infty": "∞", "ldots": "…", "dots": "…", "prime": "′",
}  # fmt: skip
_ESCAPED = {"n": "\n", "r": "\n", "t": " ", '"': '"', "/": "/"}
_HEX = 16


def _character(m: Match) -> str | None:
    after = chr(int(m["code"], _HEX))
    return after if after.isprintable() or after in "\u00a0\u2009\u202f" else None


CODE = Repair(
    Pattern(
        "escape.code",
        r"\\u(?P<code>[0-9a-fA-F]{4})",
        hits=(r"5 \u00b1 1", r"\u2265 3"),
        misses=(r"\upsilon", "u00b1"),
    ),
    _character,
    "character written as its code",
    hints=_BACKSLASH,
)
# TeX has commands that begin with these letters: \nu, \neq, \tau, \rho, \times
SIGN = Repair(
    Pattern(
        "escape.sign",
        r"""\\(?:(?P<sign>[nrt])(?!(?-i:u|eq?|abla|ot|ewline|ho|ightarrow|au|imes|o|heta|ext\w*)(?![a-z]))|(?P<sign>["/]))""",
        hits=(r"in gout.\nMethods: tea", r"a \"cup\" of tea", r"mg\/kg"),
        misses=(r"p \neq 0", r"5 \times 10", r"\nu"),
    ),
    lambda m: _ESCAPED[m["sign"].lower()],
    "line end or sign written as source code writes it",
    hints=_BACKSLASH,
)
COMMAND = Repair(
    Pattern(
        "tex.command",
        rf"(?-i:\\(?P<name>{'|'.join(sorted(_TEX, key=len, reverse=True))})(?![a-zA-Z])(?:\{{\}})?)",
        hits=(r"5 $\pm$ 1", r"p \leq 0.05", r"\textmu{}g"),
        misses=(r"\pmod", "pm"),
    ),
    lambda m: _TEX[m["name"]],
    "sign written as a TeX command",
    hints=_BACKSLASH,
)
ESCAPED = Repair(
    Pattern(
        "tex.escaped",
        r"\\(?P<sign>[%&#_$,;])",
        hits=(r"52\% of women", r"5\,mg"),
        misses=("52% of women",),
    ),
    lambda m: " " if m["sign"] in ",;" else m["sign"],
    "sign escaped for TeX",
    hints=_BACKSLASH,
)
WORDS = Repair(
    Pattern(
        "tex.words",
        r"\\(?:text(?:it|bf|rm|sc|sf|up|sub|superscript|subscript)?|emph|mathrm|mathit|mathbf|ensuremath)\{(?P<words>[^{}\\]{1,80})\}",
        hits=(r"\textit{in vivo}", r"\mathrm{mg}"),
        misses=(r"\cite{tea}",),
    ),
    to(r"\g<words>"),
    "words set in another type",
    hints=_BACKSLASH,
)
RAISED = Repair(
    Pattern(
        "tex.raised",
        r"(?:(?<=\b10)\$?(?P<hat>\^)|(?<=[a-z])\$?\^)\{?(?P<n>[-−]?\d{1,2})\}?(?P<end>\$)?(?!\d)",
        hits=("10^{6} cells", "mg/m$^{2}$", "mg/m^2"),
        misses=("x^a", "2^3"),
    ),
    lambda m: after if (after := f"{m['hat'] or ''}{m['n']}") != m[0] else None,
    "exponent of a unit or of ten",
    hints=Hints(characters="^"),
)
# "it cost $5 and then $6" holds no formula
FORMULA = Repair(
    Pattern(
        "tex.formula",
        r"\$(?P<formula>[-−–]?\d+(?:[.,]\d+)?|(?=[^$\n]*[<>=≤≥±×~≈^_·%μαβγδΔκχ°])(?!\s)[^$\n]{1,60}(?<!\s))\$",
        hits=("$p<0.05$", "5 $±$ 1", "10 $μ$g", "HR $0.72$"),
        misses=("from $5 to $6", "$ 5 < $ 6"),
    ),
    to(r"\g<formula>"),
    "signs around a formula",
    hints=_DOLLAR,
)
# behind a number below zero the second dash may be a sign
DASHES = Repair(
    Pattern(
        "tex.dashes",
        r"(?<=(?:^|[^-−–.\d])\d{1,4}(?:\.\d{1,4})?\$?)-{2,3}(?=\$?\d)",
        hits=("CI 0.58--0.89", "$0.58$--$0.89$"),
        misses=("tea -- 5", "-0.8--0.2"),
    ),
    to("-"),
    "dash of TeX between numbers",
    hints=Hints(marks=r"\d\$?--"),
)
BACKSLASHES = Repair(
    Pattern("escape.backslash", r"\\\\(?=[a-zA-Z%$_,;])", hits=(r"52\\% of",), misses=(r"52\% of", r"a \\ b")),
    lambda _: "\\",
    "backslash written twice, as source code writes it",
    hints=_BACKSLASH,
)
ESCAPES = (BACKSLASHES, CODE, SIGN)
TEX = (COMMAND, ESCAPED, WORDS)
REPAIRS = (*ESCAPES, *TEX, RAISED, FORMULA, DASHES)
PATTERNS = tuple(r.pattern for r in REPAIRS)
