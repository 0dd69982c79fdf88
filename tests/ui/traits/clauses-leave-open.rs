//@ check-pass
//@ args: --crate-type=lib
// Of two clauses that fit neither is chosen before the rest of the function is seen, be one of them without parameters.

pub trait Into2<T> {
    fn into2(self) -> T;
}
impl Into2<u16> for u8 {
    fn into2(self) -> u16 {
        self.into()
    }
}
impl Into2<u32> for u8 {
    fn into2(self) -> u32 {
        self.into()
    }
}

pub fn first<T>(x: u8) -> u16
where
    u8: Into2<u16>,
    u8: Into2<T>,
{
    x.into2()
}

// Two bounds that are one when what they mention is looked up.
pub trait Part: Into<Self::Whole> {
    type Whole;
}
pub trait Kit {
    type Piece: Part<Whole = String> + Into<String>;
}

pub fn describe<K: Kit>(piece: K::Piece) -> usize {
    piece.into().len()
}
