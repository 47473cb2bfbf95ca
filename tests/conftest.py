"""No test reads the config file of whoever runs it."""

import os

os.environ["XDG_CONFIG_HOME"] = os.devnull
