//! Names defined twice in one namespace of one module.

use diagnostics::Applicability;
use diagnostics::codes::*;
use hir::def::{Namespace, Namespace::*};
use span::{Ident, Span, Symbol};

use crate::Resolver;
use crate::import::{Import, ImportKind};
use crate::module::{Module, ModuleKind, NameBinding, NameBindingKind};

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    pub(crate) fn report_conflict(
        &mut self,
        parent: Module<'ra>,
        ident: Ident,
        ns: Namespace,
        new_binding: NameBinding<'ra>,
        old_binding: NameBinding<'ra>,
    ) {
        // The one that stands further down is the new one.
        if old_binding.span.lo() > new_binding.span.lo() {
            return self.report_conflict(parent, ident, ns, old_binding, new_binding);
        }
        let container = match parent.kind {
            ModuleKind::Def(hir::def::DefKind::Mod, ..) => "module",
            ModuleKind::Def(hir::def::DefKind::Trait, ..) => "trait",
            ModuleKind::Def(hir::def::DefKind::Enum, ..) => "enum",
            ModuleKind::Def(..) => "module",
            ModuleKind::Block => "block",
        };
        let (name, span) = (ident.name, self.session().source_map().guess_head_span(new_binding.span));
        if self.name_already_seen.get(&name) == Some(&span) {
            return;
        }
        let old_kind = match (ns, old_binding.res()) {
            (TypeNS, _) if old_binding.is_extern_crate() => "extern crate",
            (TypeNS, res) if old_binding.module().is_some() => match res {
                hir::def::Res::Def(hir::def::DefKind::Mod, _) => "module",
                hir::def::Res::Def(hir::def::DefKind::Trait, _) => "trait",
                _ => "type",
            },
            (ValueNS, _) => "value",
            (MacroNS, _) => "macro",
            (TypeNS, _) => "type",
        };
        let code = match (old_binding.is_extern_crate(), new_binding.is_extern_crate()) {
            (true, true) => E0259,
            (true, _) | (_, true) => match new_binding.is_import() && old_binding.is_import() {
                true => E0254,
                false => E0260,
            },
            _ => match (old_binding.is_import_user_facing(), new_binding.is_import_user_facing()) {
                (false, false) => E0428,
                (true, true) => E0252,
                _ => E0255,
            },
        };
        let mut diag = self.dcx().struct_span_err(span, format!("the name `{name}` is defined multiple times"));
        diag.code(code);
        diag.note(format!("`{name}` must be defined only once in the {} namespace of this {container}", ns.descr()));
        let participle = |binding: NameBinding<'_>| {
            if binding.is_import_user_facing() { "imported" } else { "defined" }
        };
        let new_participle = participle(new_binding);
        diag.span_label(span, format!("`{name}` re{new_participle} here"));
        if !old_binding.span.is_dummy() && old_binding.span != span {
            let old_span = self.session().source_map().guess_head_span(old_binding.span);
            let old_participle = participle(old_binding);
            diag.span_label(
                old_span,
                format!(
                    "previous {} of the {old_kind} `{name}` here",
                    match old_participle {
                        "imported" => "import",
                        _ => "definition",
                    }
                ),
            );
        }
        // The import to be renamed or removed.
        let import_of = |binding: NameBinding<'ra>| match binding.kind {
            NameBindingKind::Import { import, .. } if !binding.span.is_dummy() => Some((import, binding.span)),
            _ => None,
        };
        match (import_of(new_binding), import_of(old_binding)) {
            (Some((new, span)), Some(_)) if new_binding.res() == old_binding.res() && !new.is_nested() => {
                if !new.is_glob() && !matches!(new.kind, ImportKind::ExternCrate { .. }) {
                    diag.tool_only_span_suggestion(
                        new.use_span,
                        "remove unnecessary import",
                        "",
                        Applicability::MaybeIncorrect,
                    );
                } else {
                    self.suggest_rename(&mut diag, name, new, span);
                }
            }
            (Some((import, span)), _) | (None, Some((import, span))) => {
                self.suggest_rename(&mut diag, name, import, span);
            }
            (None, None) => {}
        }
        diag.emit();
        self.name_already_seen.insert(name, span);
    }

    fn suggest_rename(&self, diag: &mut diagnostics::Diag<'_>, name: Symbol, import: Import<'ra>, span: Span) {
        let text = name.as_str();
        let suggested =
            if text.starts_with(|c: char| c.is_uppercase()) { format!("Other{text}") } else { format!("other_{text}") };
        let (at, suggestion) = match import.kind {
            ImportKind::Single { type_ns_only: true, .. } => (span, format!("self as {suggested}")),
            ImportKind::Single { source, target, .. } => {
                if source.name == target.name || source.span == target.span {
                    (span.shrink_to_hi(), format!(" as {suggested}"))
                } else {
                    (target.span, suggested.clone())
                }
            }
            ImportKind::ExternCrate { source, target, .. } => {
                (span, format!("extern crate {} as {suggested};", source.unwrap_or(target.name)))
            }
            _ => return,
        };
        diag.span_suggestion_verbose(
            at,
            "you can use `as` to change the binding name of the import",
            suggestion,
            Applicability::MaybeIncorrect,
        );
    }
}
