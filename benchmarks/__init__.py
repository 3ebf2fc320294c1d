"""Speed and memory, as ratios within one run on one machine.

python -m benchmarks [add|startup] [--texts N]
"""
