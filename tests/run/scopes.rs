//! Borrows of parts that do not overlap, and temporaries whose destructors see other temporaries.

use std::cell::{Ref, RefCell};
use std::fmt;

struct Pair {
    left: i32,
    right: i32,
}

fn swap_parts(pairs: &mut [Pair], i: usize) {
    std::mem::swap(&mut pairs[i].left, &mut pairs[i].right);
}

fn both(pairs: &mut [Pair], i: usize, j: usize) -> (&mut i32, &mut i32) {
    (&mut pairs[i].left, &mut pairs[j].right)
}

struct Guard<'a>(&'a Noisy);
struct Noisy(&'static str);

impl Drop for Noisy {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}
impl Drop for Guard<'_> {
    fn drop(&mut self) {
        println!("unlock {}", self.0.0);
    }
}
impl fmt::Display for Guard<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "guard of {}", self.0.0)
    }
}
impl Noisy {
    fn lock(&self) -> Guard<'_> {
        Guard(self)
    }
    fn describe(&self) -> impl fmt::Display + '_ {
        Guard(self)
    }
}

fn longest(all: &RefCell<Vec<String>>) -> Ref<'_, String> {
    Ref::map(all.borrow(), |v| v.iter().max_by_key(|s| s.len()).unwrap())
}

fn main() {
    let mut pairs = [Pair { left: 1, right: 2 }, Pair { left: 3, right: 4 }];
    swap_parts(&mut pairs, 1);
    let (a, b) = both(&mut pairs, 0, 1);
    std::mem::swap(a, b);
    for p in &pairs {
        println!("{} {}", p.left, p.right);
    }
    println!("{}", Noisy("first").lock());
    println!("{} and {}", Noisy("second").describe(), Noisy("third").lock());
    let text = format!("{}!", Noisy("fourth").lock());
    println!("{text}");
    println!("{}", longest(&RefCell::new(vec!["short".to_string(), "longer".to_string()])));
}
