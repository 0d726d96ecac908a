"""French as Québec writes the time: 8 h 00, on one line."""

TIME_FORMAT = "G\u00a0\\h\u00a0i"
