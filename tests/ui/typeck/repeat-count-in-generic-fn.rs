//@ check-pass
//@ args: --crate-type=lib
// The count of an array expression is evaluated although type parameters are in scope.

const LENGTH: usize = 3;

fn three(a: [u8; 3]) -> [u8; 3] {
    a
}

pub fn f<T>() -> [u8; 3] {
    let a: [u8; LENGTH] = [0; LENGTH];
    let [] = [(); std::mem::align_of::<*const ()>() - std::mem::align_of::<*mut ()>()];
    three(a);
    three([1; LENGTH])
}
