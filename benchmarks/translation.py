"""Translations, measured: `python -m benchmarks.translation --data DIR [--part NAME] [--texts N]`.

DIR (or DATELINE_DATA) names the folder that holds `data/`, or `data/` itself; read are
`translation/pairs_dev.jsonl.gz`, `translation/en_dev.jsonl.gz` and `translation/lid_dev.jsonl.gz`, and
news under `news/`. Prints tables. A run of all parts is kept in `benchmarks/results/translation.json` and
shown in `docs/quality.md`; `--part`, as often as wanted, runs some parts only, and keeps nothing.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import language, pairs, report, style, thirdparty

Figures = Iterator[tuple[str, float]]
Part = Callable[[Path, int], Figures]

TEXTS = 600
"""Texts of each language that are paired, and of each length in which languages are identified."""
JUDGED = 5
"""Texts judged alone, of each kind: so many times as many."""


def peers() -> dict[str, language.Guess]:
    """Language identifiers besides ours and langdetect, as far as they are installed."""
    found: dict[str, language.Guess] = {}
    try:
        import py3langid

        found["py3langid"] = lambda text: str(py3langid.classify(text)[0])
    except ImportError:
        pass
    try:
        from lingua import LanguageDetectorBuilder
    except ImportError:
        return found
    detector = LanguageDetectorBuilder.from_all_languages().build()

    def lingua(text: str) -> str | None:
        named = detector.detect_language_of(text)
        return named and str(named.iso_code_639_1.name).lower()

    return found | {"lingua": lingua}


def languages(data: Path, most: int) -> Figures:
    """Measure our language identification beside langdetect (seeded) and whatever peers are installed."""
    rows = list(language.read(data / "translation" / "lid_dev.jsonl.gz"))
    random.Random(0).shuffle(rows)  # noqa: S311 -- a sample
    language.langdetect.DetectorFactory.seed = 0
    tools = {"Dateline": language.ours, "langdetect": language.stock} | peers()
    for tool, guess in tools.items():
        guess("A first sentence loads the profiles.")
        for unit in language.UNITS:
            every, _, per_second = language.accuracy([r for r in rows if r["unit"] == unit][:most], guess)
            yield f"language.{tool}.{unit}", every
            yield f"language.{tool}.{unit} per second", per_second


PARTS: Mapping[str, Part] = {
    "pairing": pairs.pairings,
    "news": pairs.news,
    "speed": pairs.speed,
    "language": languages,
    "style": lambda data, texts: style.styles(data, JUDGED * texts),
    "text": lambda data, texts: style.verdicts(data, JUDGED * texts),
}


# --- report ----------------------------------------------------------------------------------


_ABOUT = """Originals found in the archive, from 800 characters (Chinese 300, Japanese 350). The English
version is among 2 000 other English articles: whole, cut to 45 % with a notice, or between page furniture.
Wrong is another article. Absent: the original is not there, though others on the same events may be. Same
event: only the other half of it is there. Small: in an archive of 25 texts and 25 English ones. Weights
were fitted on one half of the pairs; *unseen* is the other half. The threshold was set looking at both."""
_STYLE = f"""From {style.LONG_ENOUGH} words; translations into English are of 2018 and 2019, which the
model was not fitted on. The round trip (English, German, English by machine) is a control and counts as
neither an original nor a translation. German by cross-validation. *Likely* and *possible* are thresholds of
style; the verdict weighs all there is in the text itself. Residue is what is left of another language, where
it is more than a hint."""


def table(figures: Mapping[str, float]) -> str:
    """Show the figures of the parts that were measured."""
    shown = {
        "pairing": lambda: f"{_ABOUT}\n\n{_pairing_table(figures)}",
        "news": lambda: _news_table(figures),
        "speed": lambda: _speed_table(figures),
        "language": lambda: _language_table(figures),
        "style": lambda: f"{_STYLE}\n\n{_style_table(figures)}",
        "text": lambda: f"{_text_table(figures)}\n\n{_together(figures)}",
    }
    parts = dict.fromkeys(name.partition(".")[0] for name in figures)
    return "\n\n".join(("## Translations", *(shown[part]() for part in shown if part in parts)))


def _pairing_table(figures: Mapping[str, float]) -> str:
    names = ("recall", "cut", "padded", "small", "wrong", "absent", "same event", "small, absent")
    rows = [
        [
            f"{group}{', unseen' if half else ''}",
            f"{figures[f'pairing.{group}.{half}texts']:.0f}",
            *(f"{figures[f'pairing.{group}.{half}{name}']:.4f}" for name in names),
        ]
        for group in pairs.GROUPS
        for half in ("", "unseen.")
    ]
    found, wrong = ("found", "cut", "padded", "small"), ("wrong", "absent", "same event", "small, absent")
    return report.markdown(("script", "texts", *found, *wrong), rows)


def _news_table(figures: Mapping[str, float]) -> str:
    names = {"fra": "French", "hau": "Hausa", "swa": "Swahili"}
    rows = [[name, f"{figures[f'news.{code}']:.4f}"] for code, name in names.items()]
    return report.markdown(("news of the same years, seldom translated", "paired with English news"), rows)


def _speed_table(figures: Mapping[str, float]) -> str:
    rows = [
        ["signing, articles per CPU second", f"{figures['speed.signing']:.0f}"],
        ["bytes per signature", f"{figures['speed.bytes']:.0f}"],
    ]
    rows += [
        [
            f"pairing, articles per CPU second, archive of {size:,}",
            f"{figures[f'speed.pairing {size}']:.0f}",
        ]
        for size in pairs.SIZES
    ]
    return report.markdown(("", "figure"), rows)


def _language_table(figures: Mapping[str, float]) -> str:
    tools = dict.fromkeys(name.split(".")[1] for name in figures if name.startswith("language."))
    rows = [
        [tool, *(f"{figures[f'language.{tool}.{unit}']:.4f}" for unit in language.UNITS)]
        + [f"{figures[f'language.{tool}.{unit} per second']:.0f}" for unit in language.UNITS]
        for tool in tools
    ]
    units = ("documents", "sentences", "headlines")
    return report.markdown(("language", *units, *(f"{unit} per s" for unit in units)), rows)


def _style_table(figures: Mapping[str, float]) -> str:
    kinds = dict.fromkeys(tuple(name.split(".")[1:3]) for name in figures if name.startswith("style."))
    columns = ("texts", "likely", "possible", "auc")
    rows = [
        [f"{kind}, {language}", *(_figure(figures, f"style.{language}.{kind}.{name}") for name in columns)]
        for language, kind in kinds
    ]
    return report.markdown(("style of", "texts", "likely", "possible", "AUC against originals"), rows)


def _figure(figures: Mapping[str, float], name: str) -> str:
    """Show a count or a share; nothing where there is no such figure."""
    value = figures.get(name)
    return "" if value is None else f"{value:.0f}" if name.endswith("texts") else f"{value:.4f}"


def _text_table(figures: Mapping[str, float]) -> str:
    kinds = (*style.ORIGINALS, *style.TRANSLATIONS, style.CONTROL, *style.OTHERS)
    columns = ("texts", "translated", "probable", "residue")
    rows = [[kind, *(_figure(figures, f"text.{kind}.{name}") for name in columns)] for kind in kinds]
    return report.markdown(("verdict on a text alone", *columns), rows)


def _together(figures: Mapping[str, float]) -> str:
    rows = [
        ["originals", f"{figures['text.originals']:.0f}"],
        ["originals called probable or translated", f"{figures['text.false']:.4f}"],
        ["originals called translated", f"{figures['text.false translated']:.4f}"],
        ["translations called probable or translated", f"{figures['text.recall']:.4f}"],
        ["texts per CPU second", f"{figures['text.per second']:.0f}"],
    ]
    return report.markdown(("all English texts together", "figure"), rows)


def run(data: Path, texts: int = TEXTS, parts: Sequence[str] = tuple(PARTS)) -> dict[str, float]:
    """Measure some parts, or all."""
    return {name: value for part in parts for name, value in PARTS[part](data, texts)}


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    thirdparty.add_argument(parser)
    parser.add_argument("--part", choices=tuple(PARTS), action="append", help="default: all")
    parser.add_argument("--texts", type=int, default=TEXTS, help=f"of each language (default: {TEXTS})")
    given = parser.parse_args()
    figures = run(given.data, given.texts, given.part or tuple(PARTS))
    text = table(figures)
    print(text)
    if not given.part:
        report.save("translation", figures, text, f"python -m benchmarks.translation --texts {given.texts}")
        report.write("quality")
    below = report.misses("translation", figures)
    sys.exit("\n".join(["Below the floors:", *below]) if below else 0)


if __name__ == "__main__":
    main()
