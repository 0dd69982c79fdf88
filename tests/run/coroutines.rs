// Coroutines and `gen` blocks: resumption with arguments, drops midway, recursion, borrows of themselves.
#![feature(coroutines, coroutine_trait, gen_blocks, yield_expr, stmt_expr_attributes, iter_macro)]
use std::ops::{Coroutine, CoroutineState};
use std::pin::Pin;
struct D(u32);
impl Drop for D {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}
fn count(n: u32) -> impl Coroutine<u32, Yield = u32, Return = &'static str> {
    #[coroutine]
    move |mut x: u32| {
        let d = D(n);
        for i in 0..n {
            x = yield x * 10 + i;
        }
        println!("last {x} {}", d.0);
        "done"
    }
}
gen fn squares(n: u32) -> u32 {
    let d = D(100);
    for i in 0..n {
        yield i * i
    }
    let _ = &d;
}
fn tree(depth: u32) -> Box<dyn Iterator<Item = String>> {
    Box::new(gen move {
        if depth > 0 {
            for s in tree(depth - 1) {
                yield format!("l{s}");
            }
            yield format!("{depth}");
            for s in tree(depth - 1) {
                yield format!("r{s}");
            }
        }
    })
}
fn main() {
    let mut c = Box::pin(count(3));
    let mut arg = 1;
    loop {
        match c.as_mut().resume(arg) {
            CoroutineState::Yielded(y) => println!("yield {y}"),
            CoroutineState::Complete(s) => {
                println!("{s}");
                break;
            }
        }
        arg += 1;
    }
    let mut c = Box::pin(count(5));
    println!("{:?}", c.as_mut().resume(7));
    drop(c);
    println!("{:?}", squares(5).collect::<Vec<_>>());
    let mut it = squares(10).skip(2);
    println!("{:?} {:?}", it.next(), it.next());
    drop(it);
    for s in tree(3) {
        print!("{s} ");
    }
    println!();
    let mut fused = gen {
        yield 1;
    };
    println!("{:?} {:?} {:?}", fused.next(), fused.next(), fused.next());
    let mut s = #[coroutine]
    static || {
        let a = [1, 2, 3];
        let r = &a;
        yield r.len();
        yield r[1]
    };
    let mut s = unsafe { Pin::new_unchecked(&mut s) };
    println!("{:?} {:?} {:?}", s.as_mut().resume(()), s.as_mut().resume(()), s.as_mut().resume(()));
    let captured = String::from("x");
    let mut by_ref = #[coroutine]
    || {
        yield captured.len();
        yield captured.len() + 1;
    };
    println!("{:?}", Pin::new(&mut by_ref).resume(()));
    println!("{:?}", std::mem::size_of_val(&by_ref));
}
