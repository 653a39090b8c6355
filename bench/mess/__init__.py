"""A folder of real-looking mess, and the truth about what stands in it.

    python -m bench.mess FOLDER [--seed N] [--megabytes M]

``FOLDER/mess`` holds the files, ``FOLDER/truth.jsonl`` what is in them; the same seed makes the same bytes. All people
are invented and all numbers drawn: the rules they follow are the public ones, written down here a second time, for
what is measured must not also be the measure. So nothing here imports the engine.
"""
