"""When it is asked: cards, reviews, the calendar and the schedule. Pure."""
