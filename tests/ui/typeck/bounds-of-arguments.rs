//@ edition: 2021
//! Where an unmet bound is shown: at the argument, the method or the value that is printed.
use std::fmt::Display;

struct Point;
trait Local {}

fn show<T: Display>(_: T) {}
fn local<T: Local>(_: T) {}

fn main() {
    println!(
        "{}",
        Point //~ ERROR `Point` doesn't implement `std::fmt::Display`
    );
    show(Point); //~ ERROR `Point` doesn't implement `std::fmt::Display`
    local(Point); //~ ERROR the trait bound `Point: Local` is not satisfied
    let mut points = vec![Point];
    points
        .sort(); //~ ERROR the trait bound `Point: Ord` is not satisfied
    let _: Point = Default::default(); //~ ERROR the trait bound `Point: Default` is not satisfied
    let a = [1, 2];
    a["x"]; //~ ERROR the type `[{integer}]` cannot be indexed by
}
