"""Making questions: what is asked of a card, among which options."""
