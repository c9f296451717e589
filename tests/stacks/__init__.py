"""The endpoint on real stacks, as an engineer of each would write it, judged by the suite."""
