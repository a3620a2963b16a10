"""What starts things: command line, live session, batch, jobs, service."""

import logging

# Where matplotlib keeps its fonts is no news to whoever watches exercise; it says so when it is imported.
if not logging.getLogger("matplotlib").level:
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
