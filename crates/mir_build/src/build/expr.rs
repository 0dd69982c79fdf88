//! Expressions, by what is wanted of them.

mod as_constant;
mod as_operand;
mod as_place;
mod as_rvalue;
mod category;
mod into;
mod stmt;

pub(super) use as_place::{PlaceBase, PlaceBuilder};
