//! Late lint passes and lint levels.
