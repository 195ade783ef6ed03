from __future__ import annotations

from dataclasses import replace

import pytest
from webapp_archive import ARTICLES, REPORT, make_engine

from webapp import WebSettings, create_app


@pytest.fixture(scope="session")
def engine():
    return make_engine(ARTICLES)


@pytest.fixture(scope="session")
def app(engine):
    return create_app(engine)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def client_for():
    """Make a client of an archive of its own."""

    def make(*articles, report=REPORT, **settings):
        return create_app(make_engine(articles, report), replace(WebSettings(), **settings)).test_client()

    return make
