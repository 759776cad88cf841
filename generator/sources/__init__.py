"""Sources. Each promises `collect(ticker, until) -> Snapshot`: what was public about a ticker on that day."""
