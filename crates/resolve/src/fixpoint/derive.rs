//! `#[derive(A, B)]`: all derives are resolved first, then each is expanded on its own from the configured item.

use ast::{Attribute, ItemKind, MetaItemInner, MetaItemKind, NodeId, Safety, StmtKind};
use diagnostics::codes::*;
use expand::base::{Annotatable, AstFragmentKind, ExpansionData, Indeterminate};
use span::{ExpnId, Span, sym};

use super::{Expander, Invocation, InvocationKind, Place};
use crate::macros::DeriveResolution;

impl Expander<'_, '_, '_> {
    /// Resolves the derives of an attribute on `item`.
    pub(super) fn prepare_derives(
        &mut self,
        attr: &Attribute,
        item: &Annotatable,
        is_const: bool,
    ) -> Result<bool, Indeterminate> {
        let expn_id = self.place.data.id;
        let session = self.r.session();
        if report_bad_target(session, item, attr.span) {
            return Ok(false);
        }
        let force = self.force;
        let lint_node_id = self.place.data.lint_node_id;
        self.r.resolve_derives(expn_id, force, || {
            let paths = derive_paths(session, attr);
            if paths.is_empty() {
                return Vec::new();
            }
            let cfg = expand::cfg::StripUnconfigured::new(session, lint_node_id);
            let item = expand::cfg::configure_tree(cfg, item.clone());
            paths.into_iter().map(|path| DeriveResolution { path, item: item.clone(), ext: None, is_const }).collect()
        })?;
        Ok(true)
    }

    /// The derives that the expansion `expn_id` has resolved, as invocations with their placeholders.
    pub(super) fn take_derives(
        &mut self,
        expn_id: ExpnId,
        fragment_kind: AstFragmentKind,
    ) -> (Vec<Invocation>, Vec<NodeId>) {
        let Some(data) = self.r.derive_data.remove(&expn_id) else { return (Vec::new(), Vec::new()) };
        let mut invocations = Vec::with_capacity(data.resolutions.len());
        let mut placeholders = Vec::with_capacity(data.resolutions.len());
        for DeriveResolution { path, item, is_const, .. } in data.resolutions {
            let id = ExpnId::reserve();
            let data = ExpansionData { id, depth: self.place.data.depth + 1, ..self.place.data.clone() };
            let place = Place { data, dir_ownership: self.place.dir_ownership };
            invocations.push(Invocation {
                kind: InvocationKind::Derive { path, is_const, item },
                fragment_kind,
                place,
            });
            placeholders.push(NodeId::placeholder_from_expn_id(id));
        }
        (invocations, placeholders)
    }
}

/// `derive` is for structs, enums and unions.
fn report_bad_target(session: &session::Session, item: &Annotatable, span: Span) -> bool {
    let kind = match item {
        Annotatable::Item(item) => Some(&item.kind),
        Annotatable::Stmt(stmt) => match &stmt.kind {
            StmtKind::Item(item) => Some(&item.kind),
            _ => None,
        },
        _ => None,
    };
    let bad = !matches!(kind, Some(ItemKind::Struct(..) | ItemKind::Enum(..) | ItemKind::Union(..)));
    if bad {
        session
            .dcx()
            .struct_span_err(span, "`derive` may only be applied to `struct`s, `enum`s and `union`s")
            .with_code(E0774)
            .with_span_label(span, "not applicable here")
            .with_span_label(item.span(), "not a `struct`, `enum` or `union`")
            .emit();
    }
    bad
}

fn derive_paths(session: &session::Session, attr: &Attribute) -> Vec<ast::Path> {
    let list = match attr.meta() {
        Some(ast::MetaItem { kind: MetaItemKind::List(list), .. }) => list,
        _ => {
            session
                .dcx()
                .struct_span_err(attr.span, "malformed `derive` attribute input")
                .with_span_suggestion(
                    attr.span,
                    "must be of the form",
                    "#[derive(Trait1, Trait2, ...)]",
                    diagnostics::Applicability::HasPlaceholders,
                )
                .emit();
            return Vec::new();
        }
    };
    list.into_iter()
        .filter_map(|nested| match nested {
            MetaItemInner::MetaItem(meta) => {
                if let Safety::Unsafe(span) = meta.unsafety {
                    session.dcx().span_err(span, "traits in `#[derive(...)]` don't accept `unsafe(...)`");
                }
                let bad_args = match &meta.kind {
                    MetaItemKind::Word => None,
                    MetaItemKind::List(_) => {
                        Some(("traits in `#[derive(...)]` don't accept arguments", "remove the arguments"))
                    }
                    MetaItemKind::NameValue(_) => {
                        Some(("traits in `#[derive(...)]` don't accept values", "remove the value"))
                    }
                };
                if let Some((title, action)) = bad_args {
                    let span = meta.span.with_lo(meta.path.span.hi());
                    session
                        .dcx()
                        .struct_span_err(span, title)
                        .with_span_suggestion(span, action, "", diagnostics::Applicability::MachineApplicable)
                        .emit();
                }
                Some(meta.path)
            }
            MetaItemInner::Lit(lit) => {
                let mut diag = session.dcx().struct_span_err(attr.span, "expected path to a trait, found literal");
                diag.code(E0777);
                let name = lit.kind.str().unwrap_or(sym::derive);
                match lit.kind.str() {
                    Some(_) => diag.help(format!("try using `#[derive({name})]`")),
                    None => diag.help("for example, write `#[derive(Debug)]` for `Debug`"),
                };
                diag.span.primary_spans = vec![lit.span];
                diag.emit();
                None
            }
        })
        .collect()
}
