"""From stated facts to measured ones: pure formulas, and the catalogue that says which are applied."""
