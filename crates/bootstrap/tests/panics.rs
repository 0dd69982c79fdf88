//! A panic in main.

use std::fmt;

#[derive(Debug)]
struct Problem {
    code: i32,
}
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "problem {}", self.code)
    }
}
impl std::error::Error for Problem {}

fn main() {
    println!("before");
    let e: Box<dyn std::error::Error> = Box::new(Problem { code: 3 });
    println!("{e} {e:?} {}", e.is::<Problem>());
    let e: Box<dyn std::error::Error + Send + Sync> = "text".into();
    println!("{e} {e:?}");
    print!("no newline");
    let r: Result<i32, Problem> = Err(Problem { code: 7 });
    r.expect("the result");
}
