//! The least a program can do.
fn main() {
    println!("Hello, {}! {:?} {:5}|{:<5}|{:^5}|{:>5}", "world", "a\"b\n", 42, 7, 8, 9);
}
