//! Iterators that wrap others.

mod chain;
mod flatten;
mod misc;
mod peekable;
mod shunt;
mod simple;
mod take_skip;

pub use self::chain::{Chain, Zip, chain, zip};
pub use self::flatten::{FlatMap, Flatten};
pub use self::misc::{Cycle, Fuse, Intersperse, IntersperseWith, Rev, StepBy};
pub use self::peekable::Peekable;
pub(crate) use self::shunt::try_process;
pub use self::simple::{Cloned, Copied, Enumerate, Filter, FilterMap, Inspect, Map, Scan};
pub use self::take_skip::{MapWhile, Skip, SkipWhile, Take, TakeWhile};
