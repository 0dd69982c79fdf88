//! Inference context, canonical goals, candidate assembly, normalisation, selection.
