//@ check-pass
//@ args: --crate-type=lib
// What an associated type of a type not known yet is, where it depends on a bound lifetime, is found out later.

pub trait Event: Sized {
    type Args<'c>
    where
        Self: 'c;
}

pub struct Handler<E: Event>(pub Option<Box<dyn for<'c> Fn(&mut E::Args<'c>)>>);

pub struct Click;
impl Event for Click {
    type Args<'c> = &'c (u8, u8);
}

fn pair<T>() -> (Option<T>, u8) {
    (None, 0)
}

pub fn none() -> Handler<Click> {
    let (handler, _) = pair();
    Handler(handler)
}

pub trait Lend {
    type Item<'a>;
}

fn take<'a, L: Lend>(_: L::Item<'a>) {}

pub fn pointer<L: Lend>() -> u8 {
    let _taker: (&u8, for<'a> fn(L::Item<'a>)) = (&1, take);
    0
}
