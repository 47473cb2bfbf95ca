"""The command ``cl-extract``, which is also ``python -m cl_extract``."""

import gc
import sys


def main() -> None:
    """The console entry point."""
    gc.disable()  # what is loaded now lives as long as the process: to look through it for garbage is wasted
    try:
        from cl_extract.call import run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
