"""The nouns of the product: frozen values without input or output."""
