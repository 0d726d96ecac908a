"""What the installation decides: settings, addresses, starting."""
