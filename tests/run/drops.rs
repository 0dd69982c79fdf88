//! Destructors: order of locals, temporaries, fields, partial moves, conditional moves, loops, closures, `mem` functions.

use std::cell::RefCell;
use std::mem::{self, ManuallyDrop};
use std::rc::Rc;

thread_local! {
    static LOG: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

#[derive(Debug)]
struct D(&'static str);
impl Drop for D {
    fn drop(&mut self) {
        LOG.with(|l| l.borrow_mut().push(self.0.to_string()));
    }
}
impl D {
    fn touch(&self) -> usize {
        self.0.len()
    }
    fn pass(self) -> Self {
        self
    }
}

fn show(title: &str) {
    let log = LOG.with(|l| l.take());
    println!("{title}: {}", log.join(" "));
}

struct Pair {
    a: D,
    b: D,
}
struct Outer {
    first: D,
    inner: Pair,
}
impl Drop for Outer {
    fn drop(&mut self) {
        LOG.with_borrow_mut(|l| l.push(format!("outer({})", self.first.touch())));
    }
}

enum Choice {
    One(D),
    Two(D, Box<D>),
    None,
}

fn locals() {
    let _a = D("a");
    let _ = D("ignored");
    let _b = D("b");
    {
        let _inner = D("inner");
    }
    let _c = D("c");
}
fn temporaries() {
    let n = D("temp").touch() + D("temp2").touch();
    LOG.with_borrow_mut(|l| l.push(n.to_string()));
    match D("scrutinee").touch() {
        9 => LOG.with_borrow_mut(|l| l.push("arm".into())),
        _ => unreachable!(),
    }
    let extended = &D("extended");
    if D("cond").touch() == 4 {
        LOG.with_borrow_mut(|l| l.push("then".into()));
    }
    extended.touch();
}
fn partial() {
    let p = Pair { a: D("pa"), b: D("pb") };
    let taken = p.a;
    LOG.with_borrow_mut(|l| l.push("moved".into()));
    drop(taken);
    LOG.with_borrow_mut(|l| l.push("end".into()));
}
fn conditional(flag: bool) {
    let x = D("x");
    let y;
    if flag {
        drop(x);
        y = D("y");
        LOG.with_borrow_mut(|l| l.push(y.0.to_uppercase()));
    }
    let _z = D("z");
}
fn assign() {
    let mut v = D("old");
    v = D("new");
    LOG.with_borrow_mut(|l| l.push("assigned".into()));
    v = v.pass();
    let mut slot = Some(D("some"));
    slot = None;
    LOG.with_borrow_mut(|l| l.push(format!("{slot:?}")));
    let old = mem::replace(&mut v, D("replacement"));
    LOG.with_borrow_mut(|l| l.push(format!("got {}", old.0)));
}
fn loops() {
    for i in 0..4 {
        let _d = D("it");
        if i == 1 {
            continue;
        }
        let _e = D("rest");
        if i == 2 {
            break;
        }
    }
    let mut items = vec![D("v1"), D("v2"), D("v3")];
    items.remove(1);
    let mut it = items.into_iter();
    let first = it.next();
    LOG.with_borrow_mut(|l| l.push("taken".into()));
    drop(it);
    drop(first);
}
fn enums(c: Choice) -> Option<D> {
    match c {
        Choice::One(d) => Some(d),
        Choice::Two(_, boxed) => Some(*boxed),
        Choice::None => None,
    }
}
fn closures() {
    let (a, b) = (D("ca"), D("cb"));
    let once = move || {
        let moved = a;
        moved.touch()
    };
    let by_ref = || b.touch();
    by_ref();
    once();
    LOG.with_borrow_mut(|l| l.push("called".into()));
    let c = D("cc");
    let never = move || drop(c);
    let _keep = never;
}
fn manual() {
    let mut kept = ManuallyDrop::new(D("manual"));
    mem::forget(D("forgotten"));
    let shared = Rc::new(D("shared"));
    let other = shared.clone();
    drop(shared);
    LOG.with_borrow_mut(|l| l.push(Rc::strong_count(&other).to_string()));
    unsafe { ManuallyDrop::drop(&mut kept) };
    let array = [D("e0"), D("e1")];
    let [_, second] = array;
    drop(second);
    let boxed: Box<[D]> = vec![D("s0"), D("s1")].into_boxed_slice();
    let dynamic: Box<dyn std::fmt::Debug> = Box::new(D("dyn"));
    drop(dynamic);
    drop(boxed);
}
fn early(n: u32) -> Result<u32, D> {
    let _guard = D("guard");
    let checked = if n > 1 { Err(D("error")) } else { Ok(n) };
    let n = checked?;
    let Some(_x) = (n == 0).then(|| D("let-else")) else {
        return Ok(7);
    };
    Ok(n)
}
fn args(_: D, b: D, _c: D) {
    LOG.with_borrow_mut(|l| l.push(format!("in {}", b.0)));
}

fn main() {
    locals();
    show("locals");
    temporaries();
    show("temporaries");
    partial();
    show("partial");
    conditional(true);
    show("conditional true");
    conditional(false);
    show("conditional false");
    assign();
    show("assign");
    loops();
    show("loops");
    drop(enums(Choice::One(D("one"))));
    show("one");
    let d = enums(Choice::Two(D("t0"), Box::new(D("t1"))));
    show("two");
    drop((d, enums(Choice::None)));
    show("two'");
    closures();
    show("closures");
    manual();
    show("manual");
    for n in 0..3 {
        let r = early(n).map_err(|d| d.0.len());
        println!("{r:?}");
        show("early");
    }
    args(D("a0"), D("a1"), D("a2"));
    show("args");
    drop(Outer { first: D("first"), inner: Pair { a: D("ia"), b: D("ib") } });
    show("outer");
    let Pair { a, .. } = Pair { a: D("qa"), b: D("qb") };
    show("destructured");
    drop(a);
    show("a");
    let outer = Outer { first: D("f"), inner: Pair { a: D("g"), b: D("h") } };
    let Pair { a: ref ga, b: ref gb } = outer.inner;
    println!("{} {}", ga.touch(), gb.touch());
}
