//! No two items of a crate may have one symbol. Mangled names are distinct; those that attributes give need not be.

use mir::mono::MonoItem;
use query::TyCtxt;
use session::CrateType;
use span::{FxIndexMap, FxIndexSet};
use ty::{ErrorGuaranteed, Instance};

use crate::symbol;

/// Reports symbols that several items define, and items that define the program's entry symbol.
pub(crate) fn check_symbols<'tcx>(
    tcx: TyCtxt<'tcx>,
    items: &FxIndexSet<MonoItem<'tcx>>,
) -> Result<(), ErrorGuaranteed> {
    let has_entry = tcx.crate_types().contains(&CrateType::Executable) && tcx.entry_fn(()).is_some();
    let mut definers: FxIndexMap<String, MonoItem<'tcx>> = FxIndexMap::default();
    let mut result = Ok(());
    for &item in items {
        let instance = match item {
            MonoItem::Fn(instance) => instance,
            MonoItem::Static(def_id) => Instance::mono(def_id),
            MonoItem::GlobalAsm(_) => continue,
        };
        let Some(name) = symbol::plain_name(tcx, instance) else { continue };
        let span = tcx.def_span(item.def_id());
        if has_entry && name == "main" {
            let mut err = tcx.dcx().struct_err("entry symbol `main` declared multiple times").with_span(span);
            err.help(
                "did you use `#[no_mangle]` on `fn main`? Use `#![no_main]` to suppress the usual Rust-generated entry \
                 point",
            );
            result = Err(err.emit());
            continue;
        }
        let Some(other) = definers.get(&name) else {
            definers.insert(name, item);
            continue;
        };
        // Items come in the order of their first use; the later one in the text is reported.
        let span = [tcx.def_span(other.def_id()), span].into_iter().max_by_key(|s| s.lo()).unwrap_or(span);
        result = Err(tcx.dcx().struct_err(format!("symbol `{name}` is already defined")).with_span(span).emit());
    }
    result
}
