"""Which articles belong together: near copies of one text, articles on one event.

Groups are computed when an archive is built and stored as ids, so that totals, facets and pages stay exact
under any filter. Everything here is a pure function of the articles in reading order.
"""
