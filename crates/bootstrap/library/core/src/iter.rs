//! Iteration: the traits, the adapters that wrap iterators, and sources of new ones.

mod adapters;
mod range;
mod sources;
mod traits;

pub(crate) use self::adapters::try_process;
pub use self::adapters::{
    Chain, Cloned, Copied, Cycle, Enumerate, Filter, FilterMap, FlatMap, Flatten, Fuse, Inspect,
    Intersperse, IntersperseWith, Map, MapWhile, Peekable, Rev, Scan, Skip, SkipWhile, StepBy, Take,
    TakeWhile, Zip, chain, zip,
};
pub use self::range::Step;
pub use self::sources::{
    Empty, FromFn, Once, OnceWith, Repeat, RepeatN, RepeatWith, Successors, empty, from_fn, once,
    once_with, repeat, repeat_n, repeat_with, successors,
};
pub use self::traits::{
    DoubleEndedIterator, ExactSizeIterator, Extend, FromIterator, FusedIterator, IntoIterator,
    Iterator, Product, Sum, TrustedLen, TrustedStep,
};
