//! Sessions, options, the pipeline in one readable function.
