"""What two or more articles have in common: anchors, alignment, quotations, figures, lineage.

Pure functions over `engine.model.Article`. The indexer uses them to group an archive, the pages to show
why articles stand together; nothing here reads a file or an index.
"""
