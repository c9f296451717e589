"""Real proxies in front of conformant servers, set up rightly and wrongly, judged by the suite."""
