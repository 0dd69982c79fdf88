//! The type core: inference variables, the trait solver, normalisation, coherence, instances, and their errors.
//!
//! Start with [`InferCtxt`] (`infer.rs`): it holds the variables of a body; values are related by
//! `infcx.at(&cause, param_env).eq(..)`, normalised by `.normalize(..)`, and what must hold is kept by a
//! [`FulfillmentContext`](traits::FulfillmentContext) or an [`ObligationCtxt`](traits::ObligationCtxt). Goals are
//! solved in `solve.rs`. `coherence.rs` has overlap and orphan checks, `instance.rs` what code generation asks,
//! `error_reporting.rs` the messages.
//!
//! Names are those of rustc's `rustc_infer` and `rustc_trait_selection`.

// A closure called at once is where `?` ends; nested conditions in arms keep the arms in one order.
#![allow(clippy::redundant_closure_call, clippy::collapsible_match)]

pub mod coherence;
pub mod error_reporting;
pub mod infer;
pub mod instance;
pub mod solve;
pub mod traits;

pub use infer::{InferCtxt, InferOk, InferResult, TyCtxtInferExt};
pub use traits::fast_reject;

use query::Providers;

/// Sets this crate's queries.
pub fn provide(p: &mut Providers) {
    p.param_env = traits::param_env::param_env;
    p.specialization_graph_of = coherence::specialization_graph::specialization_graph_of;
    p.specializes = coherence::specialize::specializes;
    p.dyn_compatibility_violations = traits::dyn_compatibility::violations_of_all;
    p.is_dyn_compatible = |tcx, def_id| tcx.dyn_compatibility_violations(def_id).is_empty();
    p.normalize_generic_arg_erasing_regions = traits::normalize::normalize_generic_arg_erasing_regions;
    p.item_bounds = |tcx, d| traits::item_facts::item_bounds(tcx, d);
    p.item_self_bounds = |tcx, d| traits::item_facts::item_self_bounds(tcx, d);
    p.item_non_self_bounds = |tcx, d| traits::item_facts::item_non_self_bounds(tcx, d);
    p.assumed_wf_types = traits::item_facts::assumed_wf_types;
    p.opaque_types_defined_by = traits::item_facts::opaque_types_defined_by;
    p.unsizing_params_for_adt = |tcx, d| traits::item_facts::unsizing_params_for_adt(tcx, d.to_def_id());
    p.impl_parent = |tcx, d| traits::item_facts::impl_parent(tcx, d.to_def_id());
    instance::provide(p);
}
