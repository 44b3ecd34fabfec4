"""Many guides: each read in a process of its own, here or on a cluster, and noted, so that a run can go on later."""
