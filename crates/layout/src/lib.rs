//! Sizes, alignments, niches and calling conventions of types.
