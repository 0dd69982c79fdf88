//@ check-pass
//@ args: --crate-type=lib --edition=2015
// A lifetime that only an associated type of an argument takes is used, and is not the caller's to choose.

pub trait Context {
    type Ty;
}
pub struct Tree<C: Context> {
    pub ty: C::Ty,
}
pub struct Own<'a, 'b: 'a> {
    pub tree: Tree<Own<'a, 'b>>,
}
impl<'a, 'b: 'a> Context for Own<'a, 'b> {
    type Ty = &'a &'b u8;
}

pub type Output<'a> = <&'a u8 as Context>::Ty;
impl<'a> Context for &'a u8 {
    type Ty = u16;
}
pub fn named<'a>(x: Output<'a>) -> Output<'a> {
    x
}
pub fn elided(x: Output) -> Output {
    x
}
