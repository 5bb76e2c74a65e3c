"""What a proofreader says of terms and questions that are valid, and could be better. Pure."""
