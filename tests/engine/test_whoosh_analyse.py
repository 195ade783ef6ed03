"""The tokens of all fields are those of each field read alone, wherever the portions end."""

import pytest
import random_archives
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.analysis.vector import Vocabulary
from engine.fields import TEXT
from engine.matching import field_tokens
from engine.whoosh import analyse

archives = st.lists(random_archives.articles, max_size=5)


@settings(deadline=None)
@given(archives, st.sampled_from([1, 30, 200, 1 << 20]))
def test_portions(articles, characters):
    fields = {field.name: [field.values(one) for one in articles] for field in TEXT}
    vocabulary = Vocabulary()
    found = {field.name: [] for field in TEXT}
    documents = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analyse, "_CHARACTERS", characters)
        for portion in analyse.analyse(fields, vocabulary):
            documents += range(portion.low, portion.high)
            for name, tokens in portion.fields.items():
                terms = [vocabulary.terms[number] for number in tokens.ids.tolist()]
                found[name] += zip(tokens.documents.tolist(), tokens.places.tolist(), terms, strict=True)
    assert documents == list(range(len(articles)))
    for field in TEXT:
        read = [(n, token) for n, one in enumerate(articles) for token in field_tokens(field, one)]
        assert found[field.name] == [(n, token.position, token.text) for n, token in read]
