// Starts what a page names; see the modules beside this one.
