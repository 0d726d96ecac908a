"""Room for the calls of Python, taken once."""


def with_room(call, *args):
    """Make a call whose own calls, however deep, find their room already there.

    Python takes that room from the system 16 kB at a time and gives each piece back as soon as it
    is left: a loop that calls across the end of a piece spent a seventh of its time on it. A frame
    that says it is wide comes with a piece of two megabytes, and the frames of its calls lie there.
    """
    return call(*args)


with_room.__code__ = with_room.__code__.replace(co_stacksize=2**17)  # words: one megabyte of two
