// Each step doubles what the next is given: the limit of an expansion ends it, long before that of the nesting.
macro_rules! endless {
    ($($t:tt)*) => {
        endless!($($t)* $($t)* x) //~ ERROR macro expansion is too large
    };
}

fn main() {
    endless!(a);
}
