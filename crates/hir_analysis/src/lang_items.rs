//! Lang items and diagnostic items: definitions the compiler and its messages know by attribute.

use hir::{LangItem, LanguageItems};
use query::{LocalCrate, Providers, TyCtxt};
use span::def_id::DefId;
use span::{FxIndexMap, Symbol, sym};

pub(crate) fn provide(providers: &mut Providers<'_>) {
    providers.lang_items_defined_in = lang_items_defined_in;
    providers.get_lang_items = get_lang_items;
    providers.diagnostic_items_in = diagnostic_items_in;
    providers.all_diagnostic_items = all_diagnostic_items;
}

fn lang_items_defined_in(tcx: TyCtxt<'_>, _: LocalCrate) -> &[(DefId, LangItem)] {
    let mut out: Vec<(DefId, LangItem)> = Vec::new();
    for def_id in tcx.iter_local_def_id() {
        // A constructor's attributes are its variant's; a foreign item only declares what another crate defines.
        if matches!(tcx.def_kind(def_id), hir::def::DefKind::Ctor(..)) || tcx.is_foreign_item(def_id) {
            continue;
        }
        let attrs = tcx.attrs(def_id);
        for attr in attrs {
            let name = if attr.has_name(sym::lang) {
                attr.value_str()
            } else if attr.has_name(sym::panic_handler) {
                Some(sym::panic_impl)
            } else {
                None
            };
            let Some(name) = name else { continue };
            match LangItem::from_name(name) {
                Some(item) => match out.iter().find(|(_, i)| *i == item) {
                    Some((first, _)) => {
                        let mut err = tcx
                            .dcx()
                            .struct_span_err(
                                tcx.def_span(def_id.to_def_id()),
                                format!("found duplicate lang item `{name}`"),
                            )
                            .with_code(diagnostics::codes::E0152);
                        err.span_note(tcx.def_span(*first), "the lang item is first defined here");
                        err.emit();
                    }
                    None => out.push((def_id.to_def_id(), item)),
                },
                None => {
                    tcx.dcx()
                        .struct_span_err(attr.span(), format!("definition of an unknown lang item: `{name}`"))
                        .with_code(diagnostics::codes::E0522)
                        .with_span_label(attr.span(), format!("definition of unknown lang item `{name}`"))
                        .emit();
                }
            }
        }
    }
    tcx.arena().alloc_from_iter(out)
}

fn get_lang_items(tcx: TyCtxt<'_>, (): ()) -> &LanguageItems {
    let mut items = LanguageItems::new();
    for krate in tcx.crates() {
        for &(def_id, item) in tcx.lang_items_defined_in(krate) {
            items.set(item, def_id);
        }
    }
    for &(def_id, item) in tcx.lang_items_defined_in(span::def_id::LOCAL_CRATE) {
        items.set(item, def_id);
    }
    tcx.arena().alloc(items)
}

fn diagnostic_items_in(tcx: TyCtxt<'_>, _: LocalCrate) -> &FxIndexMap<Symbol, DefId> {
    let mut out = FxIndexMap::default();
    for def_id in tcx.iter_local_def_id() {
        for attr in tcx.attrs(def_id) {
            if attr.has_name(sym::rustc_diagnostic_item) {
                if let Some(name) = attr.value_str() {
                    out.insert(name, def_id.to_def_id());
                }
            }
        }
    }
    tcx.arena().alloc(out)
}

fn all_diagnostic_items(tcx: TyCtxt<'_>, (): ()) -> &FxIndexMap<Symbol, DefId> {
    let mut out = FxIndexMap::default();
    for krate in tcx.crates().into_iter().chain([span::def_id::LOCAL_CRATE]) {
        out.extend(tcx.diagnostic_items_in(krate).iter().map(|(k, v)| (*k, *v)));
    }
    tcx.arena().alloc(out)
}
