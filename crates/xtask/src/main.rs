//! Development tasks: tidy, bench, library.

fn main() {}
