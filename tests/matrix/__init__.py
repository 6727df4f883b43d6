"""Lay notices out in many ways, by every producer at hand, each with what its tables hold.

`notices` makes the rows, `layout` says how they are printed, `printed` lays them out as cells, and
one module a producer makes PDFs (and Word files) of these.
"""
