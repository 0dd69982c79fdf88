//! A program has at most one `#[global_allocator]`, in whichever crate.

use query::TyCtxt;
use span::Symbol;
use span::def_id::LOCAL_CRATE;

/// Reports crates whose global allocator is not the only one.
pub(crate) fn check(tcx: TyCtxt<'_>) {
    let mut first = tcx.has_global_allocator(LOCAL_CRATE).then(|| Symbol::intern("this crate"));
    for krate in tcx.crates() {
        if !tcx.has_global_allocator(krate) {
            continue;
        }
        let name = tcx.crate_name(krate);
        match first {
            None => first = Some(name),
            Some(first) => {
                let message =
                    format!("the `#[global_allocator]` in {first} conflicts with global allocator in: {name}");
                tcx.dcx().err(message);
            }
        }
    }
}
