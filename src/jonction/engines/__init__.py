"""Pure calculations: dates and numbers in, results and reasons out."""
