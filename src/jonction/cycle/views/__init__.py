"""The pages of the processes, by noun."""

from jonction.cycle.views.dates import (
    deadline_add,
    deadline_edit,
    deadline_remove,
    milestone_add,
    milestone_edit,
    milestone_remove,
)
from jonction.cycle.views.process import (
    process_calendar,
    process_close,
    process_detail,
    process_list,
    process_open,
    stage_close,
    stage_open,
    stages_plan,
    transition_start,
)
from jonction.cycle.views.requirements import (
    requirement_add,
    requirement_copy,
    requirement_edit,
    requirement_list,
    requirement_remove,
)
from jonction.cycle.views.windows import window_add, window_edit, window_list, window_remove

__all__ = [
    "deadline_add",
    "deadline_edit",
    "deadline_remove",
    "milestone_add",
    "milestone_edit",
    "milestone_remove",
    "process_calendar",
    "process_close",
    "process_detail",
    "process_list",
    "process_open",
    "requirement_add",
    "requirement_copy",
    "requirement_edit",
    "requirement_list",
    "requirement_remove",
    "stage_close",
    "stage_open",
    "stages_plan",
    "transition_start",
    "window_add",
    "window_edit",
    "window_list",
    "window_remove",
]
