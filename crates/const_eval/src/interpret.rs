//! The engine: runs MIR over a memory of its own. What it may do is up to a [`Machine`].
//!
//! Start with [`InterpCx`] (`eval_context.rs`) and `step.rs`. Values are [`Immediate`]s where their layout is that of one
//! or two scalars, and live in memory else; see `operand.rs` and `place.rs`. Names are those of rustc's
//! `rustc_const_eval::interpret`.

mod call;
mod cast;
mod discriminant;
pub mod error;
pub mod eval_context;
pub mod intern;
pub mod intrinsics;
pub mod machine;
pub mod memory;
pub mod operand;
pub mod operator;
pub mod place;
mod projection;
mod step;
mod terminator;
pub mod validity;
pub(crate) mod vtable;

pub use error::{
    CheckInAlloc, InterpError, InterpErrorKind, InterpResult, InvalidProgram, ResourceExhaustion, UndefinedBehavior,
    Unsupported, ub, unsup,
};
pub use eval_context::{Frame, FrameInfo, InterpCx, MonoBody, ReturnContinuation};
pub use machine::{FnArg, IntrinsicResult, Machine, Memory};
pub use memory::{AllocInfo, AllocKind, MemoryKind, Ptr};
pub use operand::{ImmTy, Immediate, OpTy, Operand};
pub use place::{MPlaceTy, MemPlace, MemPlaceMeta, Place, PlaceTy};
