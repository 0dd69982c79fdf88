//! Const checking: what bodies of constants, statics and `const fn` may do, before any of them is run (Reference,
//! "Constant evaluation").
//!
//! `check.rs` walks the built body and reports what is not allowed; `qualifs.rs` says what values may hold (cells,
//! destructors), and `resolver.rs` follows that through locals by dataflow. `ops.rs` has the errors.

mod check;
mod ops;
pub mod post_drop_elaboration;
pub mod qualifs;
mod resolver;

pub(crate) use check::mir_const_qualif;

use hir::ConstContext;
use mir::Body;
use query::TyCtxt;
use span::def_id::LocalDefId;
use ty::TypingEnv;

/// The body being checked and what it is of.
pub struct ConstCx<'mir, 'tcx> {
    pub body: &'mir Body<'tcx>,
    pub tcx: TyCtxt<'tcx>,
    pub typing_env: TypingEnv<'tcx>,
    pub const_kind: Option<ConstContext>,
}

impl<'mir, 'tcx> ConstCx<'mir, 'tcx> {
    pub fn new(tcx: TyCtxt<'tcx>, body: &'mir Body<'tcx>) -> Self {
        let def_id = body.source.def_id();
        let typing_env = match def_id.as_local() {
            Some(local) if !body.phase.is_runtime() => {
                TypingEnv { typing_mode: tcx.typing_mode_of_body(local), param_env: tcx.param_env(def_id) }
            }
            _ => tcx.typing_env_post_analysis(def_id),
        };
        let const_kind = tcx.hir_body_const_context(def_id);
        ConstCx { body, tcx, typing_env, const_kind }
    }
    pub fn def_id(&self) -> LocalDefId {
        self.body.source.def_id().expect_local()
    }
    /// `constant`, `static`, `constant function`
    fn kind_name(&self) -> &'static str {
        match self.const_kind {
            Some(ConstContext::ConstFn) => "constant function",
            Some(ConstContext::Static(_)) => "static",
            _ => "constant",
        }
    }
}
