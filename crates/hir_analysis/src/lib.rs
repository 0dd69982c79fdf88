//! Items: lowering of HIR types and bounds, the queries about items, coherence, well-formedness.
