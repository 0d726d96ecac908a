"""Reading the spreadsheets that people keep, and writing exports."""
