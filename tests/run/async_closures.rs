// Async closures: lending, called by reference and once; function items and closures as AsyncFn.
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(v) = f.as_mut().poll(&mut cx) {
            return v;
        }
    }
}
struct Y(u32);
impl Future for Y {
    type Output = u32;
    fn poll(mut self: std::pin::Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
        if self.0 == 0 {
            Poll::Ready(3)
        } else {
            self.0 -= 1;
            Poll::Pending
        }
    }
}
struct N(&'static str);
impl Drop for N {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

async fn call(f: impl AsyncFn(u32) -> u32) -> u32 {
    f(1).await + f(2).await
}
async fn call_mut(mut f: impl AsyncFnMut(u32) -> u32) -> u32 {
    f(1).await;
    f(2).await
}
async fn call_once(f: impl AsyncFnOnce(u32) -> u32) -> u32 {
    f(5).await
}
async fn call_fn<F: Fn(u32) -> R, R: Future<Output = u32>>(f: F) -> u32 {
    f(1).await + f(2).await
}
async fn call_fnonce<F: FnOnce(u32) -> R, R: Future<Output = u32>>(f: F) -> u32 {
    f(1).await
}
async fn item(x: u32) -> u32 {
    x * 100
}

fn main() {
    let base = 10;
    println!("{}", block_on(call(async |x| { Y(1).await + x + base })));
    let mut total = 0;
    println!(
        "{}",
        block_on(call_mut(async |x| {
            total += x;
            Y(1).await;
            total
        }))
    );
    println!("{total}");
    let s = String::from("hello");
    println!(
        "{}",
        block_on(call_once(async move |x| {
            let n = N("inside");
            Y(1).await;
            let _ = &n;
            s.len() as u32 + x
        }))
    );
    let t = String::from("hello");
    println!(
        "{}",
        block_on(call_once(async |x| {
            Y(1).await;
            t.len() as u32 + x
        }))
    );
    println!(
        "{}",
        block_on(call(async |x| {
            Y(1).await;
            t.len() as u32 + x
        }))
    );
    println!("{}", block_on(call(item)));
    println!("{}", block_on(call(|x| async move { x + 1 })));
    println!("{}", block_on(call_fn(async |x: u32| x + base)));
    println!("{}", block_on(call_fnonce(async move |x: u32| x + t.len() as u32)));
    let n = N("captured");
    let c = async move || {
        Y(2).await;
        println!("in {}", n.0);
    };
    block_on(c());
    block_on(c());
    let fut = c();
    drop(fut);
    block_on(call_unit(c));
    let m = N("consumed");
    let c = async || {
        Y(2).await;
        drop(m);
        println!("after");
    };
    block_on(c());
    let mut v = vec![1, 2];
    let mut push = async |x: u32| {
        v.push(x);
        Y(1).await;
        v.len()
    };
    println!("{} {}", block_on(push(3)), block_on(push(4)));
    block_on(call_unit_mut(async || v.push(9)));
    println!("{v:?}");
    block_on(call_unit_once_mut(async || {
        v.push(10);
        Y(1).await;
    }));
    println!("{v:?}");
}
async fn call_unit<F: AsyncFnOnce()>(f: F) {
    f().await
}
async fn call_unit_mut<F: AsyncFnMut()>(mut f: F) {
    f().await;
    f().await
}
async fn call_unit_once_mut<F: AsyncFnOnce()>(f: F) {
    f().await;
}
