import sys

from tryggve.config.cli import main

sys.exit(main())
