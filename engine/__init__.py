"""Everything that must agree with the index: fields, query language, analysis, engines.

Importing this package loads no engine; `cli` picks one.
"""
