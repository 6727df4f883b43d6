"""Convert many files unattended: each in a process that can be killed, each with one row in a manifest.

What a file does to its parser costs that file and nothing else.
"""
