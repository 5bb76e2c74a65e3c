"""What of docs/ is made from the product itself: a picture of a question, and the page of the commands."""
