//! The built-in derives: `#[derive(Clone)]` and its like become impls that rustc would write, node for node.
//!
//! [`shape`] takes an item apart, [`generic`] makes the impl around the methods, the other files make their bodies.

use ast::{Const, ItemKind, MetaItem};
use span::{ErrorGuaranteed, Span};

use crate::base::{Annotatable, ExpandResult, ExpansionCx};

mod clone;
mod cmp;
mod coerce_pointee;
mod debug;
mod default;
mod from;
mod generic;
mod hash;
mod marker;
mod shape;

use generic::DeriveCx;

macro_rules! derives {
    ($($name:ident => $expand:path;)*) => { $(
        /// The derive of this trait.
        pub(crate) fn $name(
            cx: &mut ExpansionCx<'_>,
            sp: Span,
            meta: &MetaItem,
            item: Annotatable,
        ) -> ExpandResult<Vec<Annotatable>> {
            expand(cx, sp, meta, item, $expand)
        }
    )* };
}

derives! {
    expand_clone => clone::expand;
    expand_copy => marker::expand_copy;
    expand_const_param_ty => marker::expand_const_param_ty;
    expand_debug => debug::expand;
    expand_default => default::expand;
    expand_from => from::expand;
    expand_eq => cmp::expand_eq;
    expand_partial_eq => cmp::expand_partial_eq;
    expand_ord => cmp::expand_ord;
    expand_partial_ord => cmp::expand_partial_ord;
    expand_hash => hash::expand;
    expand_coerce_pointee => coerce_pointee::expand;
}

fn expand(
    cx: &mut ExpansionCx<'_>,
    sp: Span,
    meta: &MetaItem,
    item: Annotatable,
    f: fn(&mut DeriveCx<'_, '_>) -> Result<(), ErrorGuaranteed>,
) -> ExpandResult<Vec<Annotatable>> {
    let is_stmt = matches!(item, Annotatable::Stmt(_));
    let item = match item {
        Annotatable::Item(item) => item,
        Annotatable::Stmt(stmt) => match stmt.kind {
            ast::StmtKind::Item(item) => item,
            _ => return ExpandResult::Ready(Vec::new()),
        },
        _ => return ExpandResult::Ready(Vec::new()),
    };
    if !matches!(item.kind, ItemKind::Struct(..) | ItemKind::Enum(..) | ItemKind::Union(..)) {
        return ExpandResult::Ready(Vec::new());
    }
    let span = cx.with_def_site_ctxt(sp);
    // `#[derive_const(..)]` hands its name on as the safety-less word `const` before the path.
    let constness = if meta_is_const(cx) { Const::Yes(sp) } else { Const::No };
    let _ = meta;
    let Some(shape) = shape::of(&item) else { return ExpandResult::Ready(Vec::new()) };
    let mut derive = DeriveCx { cx, span, item: &item, shape, constness, impls: Vec::new() };
    // An error leaves what was made before it.
    let _: Result<(), ErrorGuaranteed> = f(&mut derive);
    let items = derive.impls.into_iter().map(|item| {
        if is_stmt {
            let stmt = ast::Stmt { id: ast::DUMMY_NODE_ID, span: item.span, kind: ast::StmtKind::Item(item) };
            Annotatable::Stmt(ast::P(stmt))
        } else {
            Annotatable::Item(item)
        }
    });
    ExpandResult::Ready(items.collect())
}

/// Is this derive listed in `#[derive_const]`?
fn meta_is_const(cx: &ExpansionCx<'_>) -> bool {
    cx.derive_const
}
