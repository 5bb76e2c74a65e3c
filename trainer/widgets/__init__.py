"""The parts that screens are made of: typed values in, messages out."""
