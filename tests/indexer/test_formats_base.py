from __future__ import annotations

import pickle
from dataclasses import replace
from io import BufferedReader, BytesIO

import pytest

from indexer.documents import Declared, Failure, RawDocument
from indexer.errors import CorpusError
from indexer.formats.base import ReadSettings, Source, fingerprint, whole
from indexer.formats.keys import KEYS, field_of, normal

FOLDER = Declared(folder="harbour-post")


def source(**settings) -> Source:
    return Source("harbour-post/a.txt", FOLDER, ReadSettings(**settings))


def test_a_mapping_to_a_field_we_do_not_have_is_refused_by_name():
    with pytest.raises(CorpusError, match=r"\[fields\] maps 'txt', which is not one of text, html, title"):
        ReadSettings(fields=(("txt", "contenu"),))


def test_settings_can_key_a_cache_and_cross_processes():
    settings = ReadSettings(fields=(("text", "contenu"),))
    assert hash(pickle.loads(pickle.dumps(settings))) == hash(settings)  # noqa: S301 - our own bytes


def test_a_record_keeps_its_own_claims_and_inherits_the_folder():
    document = source().document("Words.", "text", Declared(title="Own"), ordinal=3)
    assert document.path == "harbour-post/a.txt#3"
    assert (document.declared.title, document.declared.folder) == ("Own", "harbour-post")


def test_a_whole_file_has_no_number():
    assert source().document(b"Words.", "text").path == "harbour-post/a.txt"
    assert source().failure("broken") == Failure("harbour-post/a.txt", "broken")


@pytest.mark.parametrize(
    "change",
    [
        {"payload": b"other"},
        {"payload": "text"},
        {"media": "html"},
        {"charset": "koi8-r"},
        {"declared": replace(FOLDER, title="New")},
    ],
    ids=str,
)
def test_whatever_later_stages_see_changes_the_fingerprint(change):
    before = {"payload": b"text", "media": "text", "declared": FOLDER, "charset": None}
    assert fingerprint(**before) == fingerprint(**before)
    assert fingerprint(**before | change) != fingerprint(**before)


def test_a_fingerprint_takes_lone_surrogates():
    assert len(fingerprint("\ud800", "text", FOLDER, None)) == 64


def test_whole_files_are_read_up_to_the_limit():
    def items(data: bytes):
        return list(whole(BufferedReader(BytesIO(data)), source(max_document=10), "text"))

    assert isinstance(items(b"x" * 10)[0], RawDocument)
    assert items(b"x" * 11) == [Failure("harbour-post/a.txt", "the file is larger than 1e-05 MB")]


def test_names_of_fields_ignore_case_and_separators():
    assert normal("Date_Publish ") == normal("date-publish") == "datepublish"
    assert field_of("PUBLISHED AT") == "published"
    assert field_of("article-body") == "text"
    assert field_of("colour") is None


def test_no_name_stands_for_two_fields():
    names = [name for names in KEYS.values() for name in names]
    assert len(names) == len(set(names))
    assert all(normal(name) == name for name in names)
