"""Speed and memory, as ratios within one run on one machine; and how well claims are linked.

python -m benchmarks [add|startup|link|match|scale] [--reports N] [--claims N] [--meltt DIR]
"""
