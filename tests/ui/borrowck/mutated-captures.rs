//! A closure that changes what it captures must be mutable itself.

fn main() {
    let mut x = 0;
    let add = || x += 1;
    add(); //~ ERROR cannot borrow `add` as mutable, as it is not declared as mutable
    let count = move || x += 1;
    count(); //~ ERROR cannot borrow `count` as mutable, as it is not declared as mutable
}
