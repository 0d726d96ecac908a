"""The commands behind ./jonction, run by the Python of .venv."""
