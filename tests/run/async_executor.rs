// An executor with a queue of tasks and wakers, join and select, cancellation, drops across suspensions.
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

struct Noisy(&'static str);
impl Drop for Noisy {
    fn drop(&mut self) {
        println!("    drop {}", self.0);
    }
}

/// Wakes itself once for each step that it waits.
struct Yield(u32);
impl Future for Yield {
    type Output = u32;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        if self.0 == 0 {
            return Poll::Ready(7);
        }
        self.0 -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

type Queue = Arc<Mutex<VecDeque<usize>>>;

struct TaskWaker {
    id: usize,
    queue: Queue,
}
impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.queue.lock().unwrap().push_back(self.id);
    }
}

struct Executor {
    tasks: RefCell<Vec<Option<Pin<Box<dyn Future<Output = ()>>>>>>,
    queue: Queue,
    polls: Cell<u32>,
}

impl Executor {
    fn new() -> Self {
        Executor { tasks: RefCell::new(Vec::new()), queue: Queue::default(), polls: Cell::new(0) }
    }
    fn spawn(&self, f: impl Future<Output = ()> + 'static) -> usize {
        let id = self.tasks.borrow().len();
        self.tasks.borrow_mut().push(Some(Box::pin(f)));
        self.queue.lock().unwrap().push_back(id);
        id
    }
    fn run(&self) {
        loop {
            let Some(id) = self.queue.lock().unwrap().pop_front() else { break };
            let Some(mut task) = self.tasks.borrow_mut()[id].take() else { continue };
            self.polls.set(self.polls.get() + 1);
            let waker = Waker::from(Arc::new(TaskWaker { id, queue: self.queue.clone() }));
            if task.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
                self.tasks.borrow_mut()[id] = Some(task);
            }
        }
    }
}

struct Join<A: Future, B: Future> {
    a: Pin<Box<A>>,
    b: Pin<Box<B>>,
    ra: Option<A::Output>,
    rb: Option<B::Output>,
}
impl<A: Future, B: Future> Future for Join<A, B>
where
    A::Output: Unpin,
    B::Output: Unpin,
{
    type Output = (A::Output, B::Output);
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.ra.is_none() {
            if let Poll::Ready(v) = self.a.as_mut().poll(cx) {
                self.ra = Some(v);
            }
        }
        if self.rb.is_none() {
            if let Poll::Ready(v) = self.b.as_mut().poll(cx) {
                self.rb = Some(v);
            }
        }
        if self.ra.is_some() && self.rb.is_some() {
            return Poll::Ready((self.ra.take().unwrap(), self.rb.take().unwrap()));
        }
        Poll::Pending
    }
}
fn join<A: Future, B: Future>(a: A, b: B) -> Join<A, B> {
    Join { a: Box::pin(a), b: Box::pin(b), ra: None, rb: None }
}

async fn select<T>(a: impl Future<Output = T>, b: impl Future<Output = T>) -> T {
    let mut a = pin!(a);
    let mut b = pin!(b);
    std::future::poll_fn(move |cx| {
        if let Poll::Ready(v) = a.as_mut().poll(cx) {
            return Poll::Ready(v);
        }
        b.as_mut().poll(cx)
    })
    .await
}

async fn steps(name: &'static str, n: u32) -> u32 {
    let _guard = Noisy(name);
    let mut sum = 0;
    for i in 0..n {
        println!("    {name} step {i}");
        sum += Yield(1).await + i;
    }
    sum
}

fn fib(n: u64) -> Pin<Box<dyn Future<Output = u64>>> {
    Box::pin(async move {
        if n < 2 {
            return n;
        }
        Yield(n as u32 % 2).await;
        fib(n - 1).await + fib(n - 2).await
    })
}

async fn boxed_recursion(n: u32) -> u32 {
    if n == 0 { 0 } else { n + Box::pin(boxed_recursion(n - 1)).await }
}

async fn fallible(fail: bool) -> Result<String, String> {
    let text = String::from("text");
    Yield(1).await;
    if fail { Err(format!("no {text}")) } else { Ok(text) }
}

async fn question() -> Result<usize, String> {
    let a = fallible(false).await?;
    let b = fallible(true).await?;
    Ok(a.len() + b.len())
}

trait Service {
    async fn call(&mut self, x: u32) -> u32;
    async fn twice(&mut self, x: u32) -> u32 {
        let y = self.call(x).await;
        self.call(y).await
    }
}
struct Adder {
    by: u32,
    calls: u32,
}
impl Service for Adder {
    async fn call(&mut self, x: u32) -> u32 {
        Yield(1).await;
        self.calls += 1;
        x + self.by
    }
}

struct Channel<T> {
    items: RefCell<VecDeque<T>>,
    waiting: RefCell<Option<Waker>>,
    closed: Cell<bool>,
}
impl<T> Channel<T> {
    fn send(&self, t: T) {
        self.items.borrow_mut().push_back(t);
        if let Some(w) = self.waiting.borrow_mut().take() {
            w.wake();
        }
    }
    fn close(&self) {
        self.closed.set(true);
        if let Some(w) = self.waiting.borrow_mut().take() {
            w.wake();
        }
    }
    async fn recv(&self) -> Option<T> {
        std::future::poll_fn(|cx| {
            if let Some(t) = self.items.borrow_mut().pop_front() {
                return Poll::Ready(Some(t));
            }
            if self.closed.get() {
                return Poll::Ready(None);
            }
            *self.waiting.borrow_mut() = Some(cx.waker().clone());
            Poll::Pending
        })
        .await
    }
}

async fn borrows_across() -> usize {
    let mut text = String::from("ab");
    let mut list = vec![1, 2, 3];
    {
        let r = &mut text;
        r.push('c');
        Yield(1).await;
        r.push('d');
    }
    for x in list.iter_mut() {
        *x += Yield(1).await;
    }
    let total: u32 = list.iter().sum();
    println!("    {text} {list:?}");
    text.len() + total as usize
}

async fn order_of_drops(flag: bool) {
    let _a = Noisy("a");
    let b = Noisy("b");
    let _c = Noisy("c");
    if flag {
        Yield(1).await;
        drop(b);
    } else {
        let _d = Noisy("d");
        Yield(2).await;
    }
    println!("    end of body");
    let _e = Noisy("e");
    Yield(1).await;
}

fn main() {
    println!("two tasks:");
    let ex = Rc::new(Executor::new());
    ex.spawn(async {
        println!("    sum {}", steps("one", 2).await);
    });
    let inner = ex.clone();
    ex.spawn(async move {
        println!("    sum {}", steps("two", 3).await);
        inner.spawn(async { println!("    spawned from a task: {}", Yield(0).await) });
    });
    ex.run();
    println!("    polls {}", ex.polls.get());

    println!("join and select:");
    ex.spawn(async {
        let (a, b) = join(steps("left", 1), steps("right", 3)).await;
        println!("    joined {a} {b}");
        let first = select(steps("slow", 5), steps("fast", 1)).await;
        println!("    selected {first}");
    });
    ex.run();

    println!("recursion:");
    ex.spawn(async {
        println!("    fib {}", fib(10).await);
        println!("    sum {}", boxed_recursion(20).await);
    });
    ex.run();

    println!("results:");
    ex.spawn(async {
        println!("    {:?}", question().await);
        let value: Result<u32, std::num::ParseIntError> = async { Ok("12".parse::<u32>()? + Yield(1).await) }.await;
        println!("    {value:?}");
    });
    ex.run();

    println!("traits:");
    ex.spawn(async {
        let mut service = Adder { by: 5, calls: 0 };
        println!("    {} {}", service.twice(1).await, service.call(2).await);
        println!("    calls {}", service.calls);
    });
    ex.run();

    println!("channel:");
    let channel = Rc::new(Channel { items: Default::default(), waiting: Default::default(), closed: Cell::new(false) });
    let rx = channel.clone();
    ex.spawn(async move {
        while let Some(text) = rx.recv().await {
            println!("    got {text}");
        }
        println!("    closed");
    });
    let tx = channel.clone();
    ex.spawn(async move {
        for i in 0..3 {
            tx.send(format!("item {i}"));
            if i == 1 {
                Yield(2).await;
            }
        }
        tx.close();
    });
    ex.run();

    println!("borrows:");
    ex.spawn(async {
        println!("    {}", borrows_across().await);
        let local = [1u64, 2, 3];
        let by_ref = async { local.iter().sum::<u64>() + u64::from(Yield(1).await) };
        let owned = String::from("moved in");
        let by_move = async move { Yield(1).await as usize + owned.len() };
        println!("    {} {}", by_ref.await, by_move.await);
    });
    ex.run();

    println!("drops:");
    for flag in [true, false] {
        println!("  flag {flag}");
        ex.spawn(order_of_drops(flag));
        ex.run();
    }
    println!("cancellation:");
    for polls in 0..5 {
        let mut f = Box::pin(order_of_drops(false));
        let mut cx = Context::from_waker(Waker::noop());
        for _ in 0..polls {
            if f.as_mut().poll(&mut cx).is_ready() {
                println!("  ready");
                break;
            }
        }
        println!("  after {polls} polls");
    }
    println!("captures of a future that never runs:");
    let guard = Noisy("captured");
    let never = async move {
        Yield(1).await;
        drop(guard);
    };
    drop(never);
    println!("end");
}
