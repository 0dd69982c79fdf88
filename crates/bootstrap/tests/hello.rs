//! The least a program can do.
#![allow(clippy::disallowed_methods, reason = "a tool or test reads files and the clock")]

fn main() {
    println!("Hello, {}! {:?} {:5}|{:<5}|{:^5}|{:>5}", "world", "a\"b\n", 42, 7, 8, 9);
}
