//! Checks on HIR: attributes, loops, liveness, dead code, privacy, stability, entry point.
