"""The sample corpus: invented outlets, true facts, every format, and what `corpus_facts.toml` says of it."""

import csv
import gzip
import importlib.util
import json
import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from indexer.documents import RawDocument
from indexer.formats import ReadSettings, read

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
FACTS = tomllib.loads((ROOT / "tests/corpus_facts.toml").read_text(encoding="utf-8"))["document"]
BY_PATH = {fact["path"]: fact for fact in FACTS}

OUTLETS = {
    "Atlas Monitor",
    "Bamako Ledger",
    "Gazeta da Maré Alta",
    "Hafenblatt",
    "Harmattan Daily",
    "La Gaceta de Puerto Alba",
    "Le Fleuve du Matin",
    "NewsMill 24",
    "Niger Bend Herald",
    "Sahel Courier",
    "The Meridian Post",
    "Ténéré Info",
    "صحيفة السراب",
    "Лукоморский телеграф",
}
"""All invented. A new one must not be the name of a newspaper that exists."""

REAL_AGENCIES = (
    "AA|AFP|ANSA|AP|APA|Belga|Bloomberg|dpa|EFE|IANS|Interfax|Lusa|PTI|Reuters|RIA|TASS|UPI|Xinhua"
)


def files():
    return sorted(path for path in CORPUS.rglob("*") if path.is_file())


def articles():
    return [path for path in files() if path.name != "dateline.toml" and not path.name.endswith(".meta.json")]


def name(path):
    return path.relative_to(CORPUS).as_posix()


def text(path):
    data = (CORPUS / path).read_bytes()
    data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    return data.decode("cp1252" if path.endswith("jeux-ouverture-seine.txt") else "utf-8")


def body(path):
    """The article's own words, each separated by one space."""
    content = json.loads(text(path))["text"] if path.endswith(".json") else text(path).partition("\n\n")[2]
    return " ".join(content.split())


def declared_sources():
    for line in text("crawl.jsonl").splitlines():
        yield json.loads(line)["source"]
    for record in json.loads(text("newsapi-export.json"))["articles"]:
        yield record["source"]["name"]
    for row in csv.DictReader(text("articles.csv").splitlines(keepends=True)):
        yield row["source"]
    for path in articles():
        yield from re.findall(
            r'^[Ss]ource: (.+)|og:site_name" content="([^"]+)', text(name(path)), re.MULTILINE
        )


def test_folders_are_outlets():
    assert {path.name for path in CORPUS.iterdir() if path.is_dir()} == OUTLETS


def test_no_text_claims_a_real_outlet():
    sources = {"".join(source) for source in declared_sources()} | {fact["source"] for fact in FACTS}
    assert sources == OUTLETS


@pytest.mark.parametrize("path", [name(path) for path in articles()])
def test_no_text_claims_a_real_agency(path):
    assert not re.search(
        rf"\((?:{REAL_AGENCIES})\)|/(?:{REAL_AGENCIES})$|^(?:{REAL_AGENCIES}) ?[-–—]",
        text(path),
        re.MULTILINE,
    )


@pytest.mark.parametrize("path", [name(path) for path in files()])
def test_addresses_lead_nowhere(path):
    hosts = {urlsplit(url).hostname for url in re.findall(r"https?://[^\s\"'<>)]+", text(path))}
    assert all(host == "schema.org" or host.endswith(".example") for host in hosts)


def test_every_article_has_its_facts():
    assert len(BY_PATH) == len(FACTS)
    assert {path.partition("#")[0] for path in BY_PATH} == {name(path) for path in articles()}


@pytest.mark.parametrize("path", ["crawl.jsonl", "newsapi-export.json", "articles.csv", "crawl.warc.gz"])
def test_every_record_has_its_facts(path):
    records = {
        "crawl.jsonl": lambda: len(text(path).splitlines()),
        "newsapi-export.json": lambda: len(json.loads(text(path))["articles"]),
        "articles.csv": lambda: len(list(csv.DictReader(text(path).splitlines(keepends=True)))),
        "crawl.warc.gz": lambda: text(path).count("<article>"),
    }
    numbers = [fact["path"].partition("#")[2] for fact in FACTS if fact["path"].startswith(path)]
    assert numbers == [str(n) for n in range(1, records[path]() + 1)]


def test_the_reader_finds_every_article_and_nothing_else():
    items = list(read(CORPUS, ReadSettings()))
    assert [item for item in items if not isinstance(item, RawDocument)] == []
    assert sorted(item.path for item in items) == sorted(BY_PATH)


def test_about_fifty_articles():
    assert 40 <= len(FACTS) <= 60


def test_every_format():
    suffixes = {"".join(re.findall(r"\.(?:warc|[a-z]+)", path.name)[-2:]) for path in files()}
    assert suffixes == {
        *(".txt", ".md", ".html", ".json", ".jsonl", ".csv"),
        *(".txt.gz", ".html.gz", ".warc.gz", ".meta.json", ".toml"),
    }


def test_every_language():
    languages = [fact["language"] for fact in FACTS]
    assert set(languages) == {"ar", "de", "en", "es", "fr", "pt", "ru"}
    assert all(languages.count(code) >= 3 for code in ("ar", "de", "en", "es", "fr"))


def test_five_outlets_tell_kidal_in_english():
    tellers = {
        fact["source"]
        for fact in FACTS
        if fact["language"] == "en" and fact["published"].startswith(("2023-11-14", "2023-11-15"))
    }
    assert len(tellers) == 5


def test_small_enough_for_a_checkout():
    sizes = {name(path): path.stat().st_size for path in files()}
    assert sum(sizes.values()) < 400_000
    assert max(sizes.values()) < 100_000


@pytest.mark.parametrize(
    "fact", [fact for fact in FACTS if "complete" in fact], ids=lambda fact: fact["path"]
)
def test_percent_left_is_what_was_held_back(fact):
    complete = body(fact["complete"]).partition(" (Reporting by")[0].partition(" Publicité")[0]
    last_words = re.search(r"([^<>\n]{20})…", text(fact["path"]))[1]
    held_back = len(complete) - complete.index(last_words) - len(last_words)
    assert abs(100 * held_back / len(complete) - fact["percent_left"]) < 2


@pytest.mark.parametrize("fact", [fact for fact in FACTS if "copy_of" in fact], ids=lambda fact: fact["path"])
def test_copies_hold_the_whole_story(fact):
    paragraphs = text(fact["copy_of"]).partition("\n\n")[2].strip().split("\n\n")
    assert all(paragraph in text(fact["path"]) for paragraph in paragraphs)


@pytest.mark.parametrize("key", ["complete", "copy_of", "translation_of"])
def test_relatives_exist(key):
    pairs = [(fact, BY_PATH[fact[key]]) for fact in FACTS if key in fact]
    assert pairs
    assert all((fact["language"] == other["language"]) == (key != "translation_of") for fact, other in pairs)


def test_the_wire_story_runs_four_times():
    original = "Sahel Courier/un-flag-bamako.txt"
    family = [fact for fact in FACTS if original in {fact["path"], fact.get("copy_of"), fact.get("complete")}]
    assert len({fact["source"] for fact in family}) == 4


def test_the_archive_declares_its_agency():
    agencies = {table["name"] for table in tomllib.loads(text("dateline.toml"))["agency"]}
    assert agencies == {fact["agency"] for fact in FACTS if "agency" in fact} == {"HNA"}


def test_encodings():
    with pytest.raises(UnicodeDecodeError):
        (CORPUS / "Le Fleuve du Matin/jeux-ouverture-seine.txt").read_text(encoding="utf-8")
    twice = text("Hafenblatt/deutschlandticket.txt")
    assert "für" in "".join(_unread(char) for char in twice).encode("latin-1").decode("utf-8")


def _unread(char):
    try:
        return char.encode("cp1252").decode("latin-1")
    except UnicodeEncodeError:
        return char


def test_hostile_page():
    page = text("Atlas Monitor/blue-bird-gone.html.gz")
    assert max(map(len, page.splitlines())) > 1_000_000
    assert all(trick in page for trick in ("onerror=", "javascript:", "\u202e", "\u200f", "\u200e", "\u200b"))


def test_compressed_files_come_from_their_sources():
    script = ROOT / "tests/corpus_tools/make_compressed.py"
    spec = importlib.util.spec_from_file_location("make_compressed", script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for path, content in module.contents().items():
        assert gzip.decompress((CORPUS / path).read_bytes()) == gzip.decompress(content), f"run {script.name}"


def test_the_guide_names_every_file():
    guide = (ROOT / "docs/corpus.md").read_text(encoding="utf-8")
    assert "CC0" in guide
    assert [name(path) for path in files() if f"{path.name}`" not in guide] == []
