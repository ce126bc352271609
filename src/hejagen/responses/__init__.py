"""Files of counts that readers have chosen to hand in become one table. Read counts.py first, then merge.py."""
