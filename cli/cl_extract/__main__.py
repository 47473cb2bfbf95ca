"""``python -m cl_extract`` is the command ``cl-extract``."""

from cl_extract.call import main

if __name__ == "__main__":
    main()
