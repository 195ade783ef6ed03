"""The `dateline` command: the only place that picks an engine and reads settings."""
