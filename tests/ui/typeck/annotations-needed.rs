//@ args: --crate-type=lib
// What is not known is asked for where the least would have to be written.

use std::collections::HashMap;

pub fn lets() {
    let list = Vec::new(); //~ ERROR type annotations needed for `Vec<_>`
}

pub fn two() {
    let map = HashMap::new(); //~ ERROR type annotations needed for `HashMap<_, _>`
    map.len();
}

pub fn through_coercion(s: &str) {
    let n = s.parse().unwrap(); //~ ERROR type annotations needed
}

pub fn target_of_conversion(s: String) {
    let n = s.into(); //~ ERROR type annotations needed
}

pub fn closure_parameter() {
    let f = |x| x; //~ ERROR type annotations needed
}

pub fn generic_argument() -> usize {
    std::mem::size_of() //~ ERROR type annotations needed
}

pub struct Row<T, const N: usize>([T; N]);
impl<T: Copy + Default, const N: usize> Row<T, N> {
    pub fn new() -> Self {
        Row([T::default(); N])
    }
}

pub fn constant() {
    let row = Row::<u8, _>::new(); //~ ERROR type annotations needed for `Row<u8, _>`
}
