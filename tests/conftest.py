"""No test reads the config file of whoever runs it, nor what an earlier run kept, nor is any against the clock."""

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

os.environ["XDG_CONFIG_HOME"] = os.devnull
os.environ["CL_EXTRACT_CACHE"] = tempfile.mkdtemp(prefix="cl-extract-")
atexit.register(shutil.rmtree, os.environ["CL_EXTRACT_CACHE"], ignore_errors=True)

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
