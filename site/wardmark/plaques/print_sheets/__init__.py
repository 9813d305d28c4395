"""Print sheets: many plaques as one PDF or one ZIP, made in steps by the worker.

`ordering` takes an order, `running` makes it, `reaper` takes up what a stopped worker left.
"""
