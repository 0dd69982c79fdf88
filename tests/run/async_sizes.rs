// The sizes of futures as rustc lays them out: variables that are not needed at the same time share memory.
use std::future::{Future, ready};
use std::mem::{needs_drop, size_of_val};

async fn nothing() {}
async fn tick() {
    ready(()).await
}
async fn one(x: u64) -> u64 {
    tick().await;
    x
}
async fn array(a: [u8; 100]) -> u8 {
    tick().await;
    a[0]
}
async fn scopes(n: u32) -> u32 {
    let mut sum = n;
    {
        let a = [n as u8; 64];
        tick().await;
        sum += u32::from(a[3]);
    }
    {
        let b = [n; 32];
        tick().await;
        sum += b[5];
    }
    sum
}
async fn branches(which: bool) -> usize {
    if which {
        let a = [1u8; 300];
        tick().await;
        a.len()
    } else {
        let b = [2u64; 20];
        one(b[1]).await;
        b.len()
    }
}
async fn not_kept(x: String) -> usize {
    let n = x.len();
    drop(x);
    tick().await;
    n
}
async fn looped(names: Vec<String>) -> usize {
    let mut n = 0;
    for name in &names {
        n += name.len();
        one(n as u64).await;
    }
    n
}
async fn nested() -> usize {
    let a = scopes(1).await as usize;
    let b = branches(a > 1).await;
    let c = not_kept(String::new()).await;
    a + b + c
}
async fn generic<T: Copy, F: Future<Output = T>>(f: F) -> (T, T) {
    let a = f.await;
    tick().await;
    (a, a)
}
async fn by_ref(x: &mut u64) -> &mut u64 {
    *x += 1;
    tick().await;
    x
}

fn show<F: Future>(name: &str, f: F) {
    println!("{name}: {} align {} drop {}", size_of_val(&f), std::mem::align_of_val(&f), needs_drop::<F>());
}

fn main() {
    show("nothing", nothing());
    show("tick", tick());
    show("one", one(1));
    show("array", array([0; 100]));
    show("scopes", scopes(1));
    show("branches", branches(true));
    show("not_kept", not_kept(String::new()));
    show("looped", looped(Vec::new()));
    show("nested", nested());
    show("generic", generic(one(1)));
    show("generic of generic", generic(generic(nothing())));
    let mut x = 1;
    show("by_ref", by_ref(&mut x));
    let a = [0u8; 10];
    show("block by reference", async { a.len() });
    show("block by move", async move { a.len() });
    show("block that waits", async move {
        tick().await;
        a.len()
    });
    show("option", async { Some(one(2).await) });
}
