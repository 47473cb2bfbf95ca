"""No test reads the config file of whoever runs it, nor what an earlier run kept."""

import atexit
import os
import shutil
import tempfile

os.environ["XDG_CONFIG_HOME"] = os.devnull
os.environ["CL_EXTRACT_CACHE"] = tempfile.mkdtemp(prefix="cl-extract-")
atexit.register(shutil.rmtree, os.environ["CL_EXTRACT_CACHE"], ignore_errors=True)
