//! After type checking: instances of functions, vtables, and properties of types that code generation asks for.

pub mod dropck;
mod needs_drop;
mod resolve;
mod select;
mod ty_queries;
mod vtable;

pub use dropck::{DropckConstraint, dropck_outlives};
pub use vtable::{own_existential_vtable_entries, vtable_entries_of};

use query::Providers;

pub(crate) fn provide(p: &mut Providers) {
    p.codegen_select_candidate = select::codegen_select_candidate;
    p.resolve_instance_raw = resolve::resolve_instance_raw;
    p.vtable_entries = vtable::vtable_entries;
    p.first_method_vtable_slot = vtable::first_method_vtable_slot;
    p.supertrait_vtable_slot = vtable::supertrait_vtable_slot;
    p.needs_drop_raw = needs_drop::needs_drop_raw;
    p.has_significant_drop_raw = needs_drop::has_significant_drop_raw;
    p.is_copy_raw = ty_queries::is_copy_raw;
    p.is_sized_raw = ty_queries::is_sized_raw;
    p.is_freeze_raw = ty_queries::is_freeze_raw;
    p.is_unpin_raw = ty_queries::is_unpin_raw;
    p.adt_sized_constraint = |tcx, d| ty_queries::adt_sized_constraint(tcx, d.to_def_id());
    p.adt_dtorck_constraint = |tcx, d| dropck::adt_dtorck_constraint(tcx, d.to_def_id());
}
