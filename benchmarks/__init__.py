"""How fast the product is, beside floors and peers measured in the same run."""
