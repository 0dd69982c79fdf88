//! Types of items and bodies: collection, well-formedness, coherence, inference.
