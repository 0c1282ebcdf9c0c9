/// Benchmarks: [IndexPeers] compares the index with named peers on the same vectors, [IndexBench] times its operations
/// alone under JMH. Run them with `bench/run index`. Never ships, and nothing may depend on it.
@NullMarked
package org.likeness.bench;

import org.jspecify.annotations.NullMarked;
