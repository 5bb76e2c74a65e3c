"""What is learnt: terms, decks and French spelling. Pure."""
