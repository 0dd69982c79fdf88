//! What is said of moves and of variables that may not be initialised.

struct Plain(String);

fn show(x: impl std::fmt::Display) -> String {
    x.to_string()
}

fn conditions(c: bool) -> i32 {
    let x;
    if c {
        x = 1;
    }
    x //~ ERROR used binding `x` is possibly-uninitialized
}

fn unset() -> i32 {
    let x: i32;
    x //~ ERROR used binding `x` isn't initialized
}

fn generic() {
    let s = String::new();
    show(s);
    s.len(); //~ ERROR borrow of moved value: `s`
}

fn pattern(o: Option<Plain>) {
    if let Some(p) = o {
        drop(p);
    }
    drop(o); //~ ERROR use of partially moved value: `o`
}

fn behind(p: &Plain) -> String {
    let Plain(s) = *p; //~ ERROR cannot move out of `p` which is behind a shared reference
    s
}

fn captured() {
    struct Local;
    let x = Local;
    let c = move || drop(x);
    c();
    c(); //~ ERROR use of moved value: `c`
}

fn main() {}
