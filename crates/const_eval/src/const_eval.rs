//! Compile-time evaluation: the machine, the queries, the errors.

mod error;
mod machine;
mod queries;
mod valtrees;

pub(crate) use error::note_erroneous_constant;
pub use machine::{CanAccessMutGlobal, CheckAlignment, CompileTimeMachine, CtfeMemoryKind};
pub(crate) use queries::{eval_static_initializer, eval_to_allocation_raw, eval_to_const_value_raw};
pub use queries::{mk_eval_cx_for_const_val, mk_eval_cx_to_read_const_val};
pub(crate) use valtrees::{destructure_const_value, eval_to_valtree, valtree_to_const_value};
