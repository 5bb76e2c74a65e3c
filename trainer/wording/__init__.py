"""The French that every face says: values in, sentences out."""
