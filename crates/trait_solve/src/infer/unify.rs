//! The union-find tables of inference variables, by crate `ena`.

use std::marker::PhantomData;

use ena::unify::{InPlaceUnificationTable, NoError, UnifyKey, UnifyValue};
use ty::{Const, ConstVid, FloatTy, FloatVid, IntVid, Ty, TyVid, UniverseIndex};

use super::origin::{FloatVarValue, IntVarValue};

pub(crate) type TyTable<'tcx> = InPlaceUnificationTable<TyKey<'tcx>>;
pub(crate) type ConstTable<'tcx> = InPlaceUnificationTable<ConstKey<'tcx>>;
pub(crate) type IntTable = InPlaceUnificationTable<IntKey>;
pub(crate) type FloatTable = InPlaceUnificationTable<FloatKey>;

/// What is known of a type or const variable.
#[derive(Clone, Copy, Debug)]
pub(crate) enum VarValue<T> {
    Known(T),
    Unknown(UniverseIndex),
}

impl<T: Copy> VarValue<T> {
    pub(crate) fn known(self) -> Option<T> {
        match self {
            VarValue::Known(t) => Some(t),
            VarValue::Unknown(_) => None,
        }
    }
}

impl<T: Clone + Copy + std::fmt::Debug> UnifyValue for VarValue<T> {
    type Error = NoError;
    fn unify_values(a: &Self, b: &Self) -> Result<Self, NoError> {
        Ok(match (a, b) {
            // Two known values are equated by the caller, never here.
            (VarValue::Known(_), _) => *a,
            (_, VarValue::Known(_)) => *b,
            (VarValue::Unknown(u), VarValue::Unknown(v)) => VarValue::Unknown(*u.min(v)),
        })
    }
}

macro_rules! keys {
    ($($name:ident, $vid:ident, $value:ty, $tag:literal;)*) => { $(
        #[derive(Clone, Copy, PartialEq, Debug)]
        pub(crate) struct $name<'tcx>(pub(crate) $vid, PhantomData<&'tcx ()>);
        impl From<$vid> for $name<'_> {
            fn from(v: $vid) -> Self { $name(v, PhantomData) }
        }
        impl<'tcx> UnifyKey for $name<'tcx> {
            type Value = $value;
            fn index(&self) -> u32 { self.0.as_u32() }
            fn from_index(i: u32) -> Self { $name($vid::from_u32(i), PhantomData) }
            fn tag() -> &'static str { $tag }
        }
    )* };
}
keys! {
    TyKey, TyVid, VarValue<Ty<'tcx>>, "TyVid";
    ConstKey, ConstVid, VarValue<Const<'tcx>>, "ConstVid";
}

macro_rules! num_keys {
    ($($name:ident, $vid:ident, $value:ty, $tag:literal;)*) => { $(
        #[derive(Clone, Copy, PartialEq, Debug)]
        pub(crate) struct $name(pub(crate) $vid);
        impl From<$vid> for $name {
            fn from(v: $vid) -> Self { $name(v) }
        }
        impl UnifyKey for $name {
            type Value = $value;
            fn index(&self) -> u32 { self.0.as_u32() }
            fn from_index(i: u32) -> Self { $name($vid::from_u32(i)) }
            fn tag() -> &'static str { $tag }
        }
    )* };
}
num_keys! {
    IntKey, IntVid, IntVarValue, "IntVid";
    FloatKey, FloatVid, FloatVarValue, "FloatVid";
}

impl UnifyValue for IntVarValue {
    type Error = (IntVarValue, IntVarValue);
    fn unify_values(a: &Self, b: &Self) -> Result<Self, Self::Error> {
        match (*a, *b) {
            (IntVarValue::Unknown, v) | (v, IntVarValue::Unknown) => Ok(v),
            (a, b) if a == b => Ok(a),
            (a, b) => Err((a, b)),
        }
    }
}

impl UnifyValue for FloatVarValue {
    type Error = (FloatTy, FloatTy);
    fn unify_values(a: &Self, b: &Self) -> Result<Self, Self::Error> {
        match (*a, *b) {
            (FloatVarValue::Unknown, v) | (v, FloatVarValue::Unknown) => Ok(v),
            (FloatVarValue::Known(a), FloatVarValue::Known(b)) if a == b => Ok(FloatVarValue::Known(a)),
            (FloatVarValue::Known(a), FloatVarValue::Known(b)) => Err((a, b)),
        }
    }
}
