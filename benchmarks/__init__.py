"""The whole job measured beside what others do, and what a page costs in guides of any length.

contenders.py is the table of who takes part; scripts.py and warm.py are what runs in processes of its own; measure.py
and memory.py run and watch these; judge.py says what is right; each part (side_by_side.py, pages.py, batches.py)
measures one question and writes its block of docs/benchmarks.md, batches of docs/batches.md. `python -m benchmarks
--help` tells the rest. Needs Linux.
"""
