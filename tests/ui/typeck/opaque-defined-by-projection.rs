//@ check-pass
//@ args: --crate-type=lib
// In its own body, what an opaque type hides may be said by a bound that a call must meet.

fn wants_u8(_: impl Fn() -> u8) {}

pub fn direct() -> impl Sized {
    wants_u8(direct);
    0u8
}

trait Pairs {}
impl<Out, F: Fn() -> Out> Pairs for (F, Out) {}
fn wants_pair(_: impl Pairs) {}

pub fn nested() -> impl Sized {
    wants_pair((nested, 7i64));
    7
}

// The size of what another function's type hides is known.
pub fn size() -> u8 {
    fn hidden() -> impl Sized {
        3u8
    }
    unsafe { std::mem::transmute::<_, u8>(hidden()) }
}

// A bound of an impl tells the parameters of a closure.
pub trait Step {}
pub struct With<F>(pub F);
impl<F: Fn(u32) -> String> Step for With<F> {}
pub fn run<F>(_: F)
where
    With<F>: Step,
{
}
pub fn steps() {
    run(|n| n.pow(2).to_string());
}
