"""The reference engine is tested by tests/contract; here is only what it alone promises."""

from builders import article

from engine.memory import MemoryEngine


def test_builds_are_counted():
    engine = MemoryEngine()
    for expected in ("1", "2"):
        with engine.writer(fresh=True) as writer:
            writer.put(article())
        assert engine.info().build == expected


def test_it_holds_the_very_articles():
    engine, made = MemoryEngine(), article()
    with engine.writer(fresh=True) as writer:
        writer.put(made)
    assert engine.get(made.id) is made
