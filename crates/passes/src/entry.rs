//! The entry point: `main` (Reference, "Main functions").

use diagnostics::codes::E0601;
use query::{Providers, TyCtxt};
use session::CrateType;
use span::def_id::DefId;
use span::sym;

pub(crate) fn provide(providers: &mut Providers<'_>) {
    providers.entry_fn = entry_fn;
}

fn entry_fn(tcx: TyCtxt<'_>, (): ()) -> Option<DefId> {
    if !tcx.crate_types().contains(&CrateType::Executable) {
        return None;
    }
    if tcx.hir_krate_attrs().iter().any(|a| a.has_name(sym::no_main)) {
        return None;
    }
    if let Some(main) = tcx.resolutions().main_def {
        if let Some(def_id) = main.opt_fn_def_id() {
            return Some(def_id);
        }
    }
    let sess = tcx.sess();
    // The harness would bring its own.
    if sess.opts.test {
        return None;
    }
    let file = sess.source_map.files().first().cloned();
    let name = file.as_ref().map_or_else(String::new, |f| f.name.display().to_owned());
    let crate_name = tcx.local_crate_name();
    let root = tcx.hir_root_module().spans.inner_span;
    // rustc points behind the last token of the file.
    let end = sess.source_map.with_snippet(root, |s| s.trim_end().len()).unwrap_or(0);
    let at =
        span::Span::with_root_ctxt(span::BytePos(root.lo().0 + end as u32), span::BytePos(root.lo().0 + end as u32));
    let mut err =
        tcx.dcx().struct_span_err(at, format!("`main` function not found in crate `{crate_name}`")).with_code(E0601);
    match tcx.resolutions().main_def {
        Some(main) => err.span_label(main.span, "non-function item at `crate::main` is found"),
        None => err.span_label(at, format!("consider adding a `main` function to `{name}`")),
    };
    err.emit();
    None
}
