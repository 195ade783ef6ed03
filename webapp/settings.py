"""What the operator of the web app may set."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.parser import Limits


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Limits and sizes; the defaults suit one machine on a local network.

    - `query`, `url_length`, `parameters`, `body_length`: requests beyond these limits are refused.
    - `rate`: requests a minute for each client; 0 is no limit.
    - `api_keys`: when there are any, programs must show one of them.
    - `proxies`: how many proxies in front are believed about who asks (`X-Forwarded-For` and its kin).
    - `origins`: sites whose scripts may read the API (CORS).
    - `per_page`, `per_page_max`: hits on a page, and the most one may ask for.
    - `reach`: how many hits `page` can leaf through; beyond it the cursor goes on.
    - `facet_size`, `facet_size_max`: values listed for each facet.
    - `feed_size`: entries in the Atom feed, newest first.
    - `article_length`: characters of an article shown as a page; the JSON has all of them.
    - `marks`: hits marked in one article.
    - `example_queries`: shown on the home page; none are shown when empty.
    """

    query: Limits = field(default_factory=Limits)
    url_length: int = 8192
    parameters: int = 200
    body_length: int = 16_384
    rate: int = 0
    api_keys: tuple[str, ...] = field(default=(), repr=False)
    proxies: int = 0
    origins: tuple[str, ...] = ()
    per_page: int = 20
    per_page_max: int = 100
    reach: int = 10_000
    facet_size: int = 12
    facet_size_max: int = 1000
    feed_size: int = 100
    article_length: int = 500_000
    marks: int = 1000
    example_queries: tuple[str, ...] = ()
