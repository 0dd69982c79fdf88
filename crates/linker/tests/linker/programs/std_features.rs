//! A program over std that needs all that a linker can get wrong.
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

thread_local! {
    static X: Cell<u32> = const { Cell::new(7) };
    static Y: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

struct Droppable(&'static str);

impl Drop for Droppable {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

#[inline(never)]
fn f(n: u32) -> u32 {
    let _guard = Droppable("f");
    if n > 2 {
        panic!("n is {n}");
    }
    n
}

fn main() {
    println!("Hello, {}!", "world");
    println!("{:?}", HashMap::from([("a", 1.5)]));
    let caught = std::panic::catch_unwind(|| f(std::env::args().count() as u32 + 2)).unwrap_err();
    println!("caught: {}", caught.downcast_ref::<String>().unwrap());
    let threads: Vec<_> = (0..3)
        .map(|i| {
            std::thread::spawn(move || {
                X.set(X.get() + i);
                X.get()
            })
        })
        .collect();
    for thread in threads {
        println!("thread {}", thread.join().unwrap());
    }
    Y.with_borrow_mut(|y| y.push("tls".to_string()));
    Y.with_borrow(|y| println!("{y:?} {}", X.get()));
    println!("{}", f(2));
}
