"""Terms, data sets, the store, its cache, the rules and names."""
