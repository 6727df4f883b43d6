"""Say what data is: grids, notices, repairs, findings and profiles.

This package imports nothing else of ours.
"""
