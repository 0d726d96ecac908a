"""The public face and the desk: reads everything, writes nothing."""
