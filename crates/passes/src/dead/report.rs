//! The warnings on dead code: one for an item, one together for the fields, variants or methods of the same owner.

use diagnostics::{Applicability, Diag, MultiSpan, listify};
use hir::def::DefKind;
use query::TyCtxt;
use query::lint_levels::LintLevelSource;
use session::lint::{DEAD_CODE, Level};
use span::def_id::{CRATE_DEF_ID, LocalDefId};
use span::{Span, Symbol};

use super::{Live, live_code};

pub(crate) fn check(tcx: TyCtxt<'_>) {
    let live = live_code(tcx);
    let cx = Report { tcx, live };
    cx.module(CRATE_DEF_ID);
    for module in &tcx.hir_crate_items(()).submodules {
        cx.module(module.def_id);
    }
}

struct Dead {
    id: LocalDefId,
    name: Symbol,
    level: (Level, Option<LintLevelSource>),
}

#[derive(Clone, Copy, PartialEq)]
enum On {
    TupleFields,
    Named,
}

struct Report<'tcx> {
    tcx: TyCtxt<'tcx>,
    live: Live,
}

impl Report<'_> {
    fn is_live(&self, id: LocalDefId) -> bool {
        match self.tcx.opt_item_name(id.to_def_id()) {
            Some(name) => self.live.symbols.contains(&id) || name.as_str().starts_with('_'),
            // What has no name cannot be reported.
            None => true,
        }
    }

    fn dead(&self, id: LocalDefId) -> Dead {
        let (level, src) = self.tcx.lint_level_at_node(&DEAD_CODE, self.tcx.local_def_id_to_hir_id(id));
        // Expectations are met one by one.
        let expectation = (level == Level::Expect).then_some(src);
        let level = (level, expectation);
        Dead { id, name: self.tcx.item_name(id), level }
    }

    fn module(&self, module: LocalDefId) {
        let tcx = self.tcx;
        let items = tcx.hir_module_items(module);
        for item in items.free_items() {
            let id = item.owner_id.def_id;
            let kind = tcx.def_kind(id);
            if kind == (DefKind::Impl { of_trait: false })
                || (kind == DefKind::Trait && self.live.symbols.contains(&id))
            {
                let dead = tcx.associated_item_def_ids(id).iter().filter_map(|d| d.as_local());
                let dead = dead.filter(|d| !self.is_live(*d)).map(|d| self.dead(d)).collect();
                self.several(id, "used", dead, On::Named);
            }
            if !self.live.symbols.contains(&id) {
                let parent = tcx.local_parent(id);
                // Of what stands in something dead, that was said.
                if parent == module || self.live.symbols.contains(&parent) {
                    self.definition(id);
                }
                continue;
            }
            if matches!(kind, DefKind::Struct | DefKind::Union | DefKind::Enum) {
                self.adt(id);
            }
        }
        for item in items.foreign_items() {
            self.definition(item.owner_id.def_id);
        }
    }

    fn adt(&self, id: LocalDefId) {
        let def = self.tcx.adt_def(id);
        let mut variants = Vec::new();
        for variant in def.variants() {
            let variant_id = variant.def_id.expect_local();
            if !self.live.symbols.contains(&variant_id) {
                variants.push(self.dead(variant_id));
                continue;
            }
            let positional = variant.fields.iter().next().is_some_and(|f| is_positional(f.name));
            let on = if positional { On::TupleFields } else { On::Named };
            let fields = variant.fields.iter().filter(|f| self.is_reported(f)).map(|f| self.dead(f.did.expect_local()));
            self.several(variant_id, "read", fields.collect(), on);
        }
        self.several(id, "constructed", variants, On::Named);
    }

    fn is_reported(&self, field: &ty::FieldDef) -> bool {
        let tcx = self.tcx;
        if field.did.as_local().is_none_or(|d| self.live.symbols.contains(&d)) {
            return false;
        }
        let ty = tcx.type_of(field.did).instantiate_identity();
        if ty.is_phantom_data() {
            return false;
        }
        if is_positional(field.name) {
            let env = tcx.typing_env_non_body_analysis(field.did);
            return tcx
                .layout_of(env.as_query_input(ty))
                .is_ok_and(|l| !l.layout.is_sized() || l.layout.size.bytes() > 0);
        }
        true
    }

    fn definition(&self, id: LocalDefId) {
        if self.is_live(id) {
            return;
        }
        let participle = match self.tcx.def_kind(id) {
            DefKind::AssocConst
            | DefKind::AssocFn
            | DefKind::Fn
            | DefKind::Static { .. }
            | DefKind::Const
            | DefKind::TyAlias
            | DefKind::Enum
            | DefKind::Union
            | DefKind::ForeignTy
            | DefKind::Trait => "used",
            DefKind::Struct => "constructed",
            _ => return,
        };
        self.emit(&[&self.dead(id)], participle, None, On::Named);
    }

    /// Dead parts of an item, one warning a lint level.
    fn several(&self, parent: LocalDefId, participle: &str, dead: Vec<Dead>, on: On) {
        let mut dead: Vec<&Dead> = dead.iter().filter(|d| !d.name.as_str().starts_with('_')).collect();
        dead.sort_by_key(|d| d.level.0);
        for group in dead.chunk_by(|a, b| a.level == b.level) {
            self.emit(group, participle, Some(parent), on);
        }
    }

    fn place(&self, id: LocalDefId) -> Span {
        let span = self.tcx.def_span(id);
        match self.tcx.def_ident_span(id) {
            Some(ident) => ident.with_ctxt(span.ctxt()),
            None => span,
        }
    }

    fn emit(&self, dead: &[&Dead], participle: &str, parent: Option<LocalDefId>, on: On) {
        let tcx = self.tcx;
        let Some(first) = dead.first() else { return };
        let spans: Vec<Span> = dead.iter().map(|d| self.place(d.id)).collect();
        let descr = tcx.def_descr(first.id.to_def_id());
        let same = dead.iter().all(|d| tcx.def_descr(d.id.to_def_id()) == descr);
        let descr = if same { descr } else { "associated item" };
        let n = dead.len();
        let (s, are) = if n == 1 { ("", "is") } else { ("s", "are") };
        let names: Vec<Symbol> = dead.iter().map(|d| d.name).collect();
        let msg = if n > 6 {
            format!("multiple {descr}{s} {are} never {participle}")
        } else {
            format!("{descr}{s} {} {are} never {participle}", listify(&names))
        };
        let hir_id = tcx.local_def_id_to_hir_id(first.id);
        tcx.emit_node_span_lint(&DEAD_CODE, hir_id, MultiSpan::from(spans.clone()), msg, |d| {
            if let Some(parent) = parent {
                let span = match tcx.def_kind(parent) {
                    DefKind::Impl { .. } => tcx.def_span(parent),
                    _ => tcx.def_ident_span(parent).unwrap_or_else(|| tcx.def_span(parent)),
                };
                d.span_label(span, format!("{descr}{s} in this {}", tcx.def_descr(parent.to_def_id())));
            }
            self.note_ignored_derives(d, parent.unwrap_or(first.id));
            for item in dead {
                self.note_variant_of_same_name(d, item);
            }
            if on == On::TupleFields {
                self.suggest_field_change(d, dead, parent, &spans);
            }
        });
    }

    fn note_ignored_derives(&self, d: &mut Diag<'_>, owner: LocalDefId) {
        let tcx = self.tcx;
        let owner = if tcx.def_kind(owner) == DefKind::Variant { tcx.local_parent(owner) } else { owner };
        let Some(traits) = self.live.ignored_derives.get(&owner) else { return };
        let names: Vec<Symbol> = traits.iter().map(|t| tcx.item_name(*t)).collect();
        let name = tcx.item_name(owner);
        let list = listify(&names);
        if names.len() == 1 {
            d.note(format!(
                "`{name}` has a derived impl for the trait {list}, but this is intentionally ignored during dead code \
                 analysis"
            ));
        } else {
            d.note(format!(
                "`{name}` has derived impls for the traits {list}, but these are intentionally ignored during dead code \
                 analysis"
            ));
        }
    }

    /// `Self::A` in an enum with a variant `A` is never a constant or function `A`.
    fn note_variant_of_same_name(&self, d: &mut Diag<'_>, item: &Dead) {
        let tcx = self.tcx;
        if !matches!(tcx.def_kind(item.id), DefKind::AssocFn | DefKind::AssocConst) {
            return;
        }
        let imp = tcx.local_parent(item.id);
        if tcx.def_kind(imp) != (DefKind::Impl { of_trait: false }) {
            return;
        }
        let ty::TyKind::Adt(adt, _) = tcx.type_of(imp).skip_binder().kind() else { return };
        if !adt.is_enum() {
            return;
        }
        if let Some(variant) = adt.variants().iter().find(|v| v.name == item.name) {
            d.span_note(
                tcx.def_span(variant.def_id),
                format!(
                    "it is impossible to refer to the {} `{}` because it is shadowed by this enum variant with the same name",
                    tcx.def_descr(item.id.to_def_id()),
                    item.name
                ),
            );
        }
    }

    fn suggest_field_change(&self, d: &mut Diag<'_>, dead: &[&Dead], parent: Option<LocalDefId>, spans: &[Span]) {
        let n = dead.len();
        let struct_fields = parent.and_then(|p| match self.tcx.hir_node_by_def_id(p) {
            hir::Node::Item(hir::Item {
                kind: hir::ItemKind::Struct(_, _, hir::VariantData::Tuple(fields, ..)),
                ..
            }) => Some(*fields),
            _ => None,
        });
        let all_last = struct_fields.is_some_and(|fields| {
            fields.len() >= n && dead.iter().all(|d| fields[fields.len() - n..].iter().any(|f| f.def_id == d.id))
        });
        if all_last {
            let what = if n == 1 { "this field" } else { "these fields" };
            d.help(format!("consider removing {what}"));
        } else {
            let s = if n == 1 { "field" } else { "fields" };
            d.multipart_suggestion(
                format!(
                    "consider changing the {s} to be of unit type to suppress this warning while preserving the field \
                     numbering, or remove the {s}"
                ),
                spans.iter().map(|s| (*s, "()".to_owned())).collect(),
                Applicability::HasPlaceholders,
            );
        }
    }
}

fn is_positional(name: Symbol) -> bool {
    name.as_str().starts_with(|c: char| c.is_ascii_digit())
}
