"""Documents in: files become articles. Knows the article's shape, but no engine."""
