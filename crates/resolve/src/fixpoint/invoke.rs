//! Expanding one call whose macro is known.

use std::rc::Rc;

use expand::base::{
    Annotatable, AstFragment, AstFragmentKind, ExpandResult, ExpansionCx, SyntaxExtension, SyntaxExtensionKind,
};
use span::{Span, sym};

use super::eager::MacroContext;
use super::{DirOwnership, Expanded, Expander, Invocation, InvocationKind};

impl Expander<'_, '_, '_> {
    pub(super) fn expand_invoc(&mut self, invoc: Invocation, ext: &Rc<SyntaxExtension>) -> Expanded {
        let Invocation { kind, fragment_kind, place } = invoc;
        if self.reached_limit(&kind) {
            let span = kind.span();
            return Expanded::Ready(self.dummy_fragment(fragment_kind, span, kind));
        }
        match kind {
            InvocationKind::Bang { mac, span } => match &ext.kind {
                SyntaxExtensionKind::MacroRules(_) | SyntaxExtensionKind::Bang(_) => {
                    let result = self.with_cx(|cx| ext.expand_bang(cx, fragment_kind, span, &mac));
                    match result {
                        ExpandResult::Ready(fragment) => Expanded::Ready(fragment),
                        ExpandResult::Retry => Expanded::Retry(Invocation {
                            kind: InvocationKind::Bang { mac, span },
                            fragment_kind,
                            place,
                        }),
                    }
                }
                _ => Expanded::Ready(expand::base::dummy_fragment(self.r.session(), fragment_kind, span)),
            },
            InvocationKind::Attr { attr, pos, mut item, derives } => {
                if matches!(ext.builtin_name, Some(sym::derive | sym::derive_const)) {
                    let is_const = ext.builtin_name == Some(sym::derive_const);
                    return match self.prepare_derives(&attr, &item, is_const) {
                        Ok(_) => Expanded::Ready(fragment_kind.expect_from_annotatables([item])),
                        Err(_) => Expanded::Retry(Invocation {
                            kind: InvocationKind::Attr { attr, pos, item, derives },
                            fragment_kind,
                            place,
                        }),
                    };
                }
                match &ext.kind {
                    SyntaxExtensionKind::MacroRules(_) | SyntaxExtensionKind::Attr(_) => {
                        let kept = item.clone();
                        match self.with_cx(|cx| ext.expand_attr(cx, fragment_kind, &attr, item)) {
                            ExpandResult::Ready(fragment) => Expanded::Ready(fragment),
                            ExpandResult::Retry => Expanded::Retry(Invocation {
                                kind: InvocationKind::Attr { attr, pos, item: kept, derives },
                                fragment_kind,
                                place,
                            }),
                        }
                    }
                    _ => {
                        // An attribute that is no macro: back in its place, and not looked at again.
                        self.inert_attrs.insert(attr.id);
                        item.visit_attrs(|attrs| attrs.insert(pos.min(attrs.len()), attr));
                        Expanded::Ready(fragment_kind.expect_from_annotatables([item]))
                    }
                }
            }
            InvocationKind::Derive { path, is_const, item } => match &ext.kind {
                SyntaxExtensionKind::Derive(_) | SyntaxExtensionKind::MacroRules(_) => {
                    let kept = item.clone();
                    match self.with_cx(|cx| ext.expand_derive(cx, fragment_kind, &path, item, is_const)) {
                        ExpandResult::Ready(fragment) => Expanded::Ready(fragment),
                        ExpandResult::Retry => Expanded::Retry(Invocation {
                            kind: InvocationKind::Derive { path, is_const, item: kept },
                            fragment_kind,
                            place,
                        }),
                    }
                }
                _ => Expanded::Ready(fragment_kind.expect_from_annotatables([])),
            },
        }
    }

    fn with_cx<T>(&mut self, f: impl FnOnce(&mut ExpansionCx<'_>) -> T) -> T {
        let session = self.r.session();
        let mut resolver = MacroContext {
            r: &mut *self.r,
            dir_ownership: self.place.dir_ownership,
            recursion_limit: self.recursion_limit,
            reached_recursion_limit: self.reached_recursion_limit,
        };
        let mut cx = ExpansionCx::new(session, &mut resolver, self.place.data.clone());
        cx.force_mode = self.force;
        cx.trace_macros = self.trace_macros;
        let result = f(&mut cx);
        self.trace_macros = cx.trace_macros;
        for (span, message) in std::mem::take(&mut cx.traces) {
            diagnostics::Diag::new(session.dcx(), diagnostics::Level::Note, "trace_macro")
                .with_span(span)
                .with_note(message)
                .emit();
        }
        // `include!` goes on in another folder.
        let module = cx.current_expansion.module.clone();
        self.reached_recursion_limit = resolver.reached_recursion_limit;
        if !Rc::ptr_eq(&module, &self.place.data.module) {
            self.place.data.module = module;
            self.place.dir_ownership = DirOwnership::Owned { relative: None };
        }
        result
    }

    /// Whether expansions nest too deep. After the first report, those at half the depth end silently: what recurses
    /// twice at each step would go on for ever.
    fn reached_limit(&mut self, kind: &InvocationKind) -> bool {
        let depth = self.place.data.depth;
        if self.reached_recursion_limit {
            return depth > self.recursion_limit / 2;
        }
        if depth <= self.recursion_limit {
            return false;
        }
        self.reached_recursion_limit = true;
        let data = self.place.data.id.expn_data();
        let suggested = if self.recursion_limit == 0 { 2 } else { self.recursion_limit * 2 };
        let crate_name = *self.r.session().crate_name.borrow();
        self.r
            .dcx()
            .struct_span_err(kind.span(), format!("recursion limit reached while expanding `{}`", data.kind.descr()))
            .with_help(format!(
                "consider increasing the recursion limit by adding a `#![recursion_limit = \"{suggested}\"]` attribute to \
                 your crate (`{crate_name}`)"
            ))
            .emit();
        true
    }

    /// What stands for a call that was given up.
    fn dummy_fragment(&self, fragment_kind: AstFragmentKind, span: Span, kind: InvocationKind) -> AstFragment {
        match kind {
            InvocationKind::Attr { item, .. } => fragment_kind.expect_from_annotatables([strip_attrs(item)]),
            InvocationKind::Derive { .. } => fragment_kind.expect_from_annotatables([]),
            InvocationKind::Bang { .. } => expand::base::dummy_fragment(self.r.session(), fragment_kind, span),
        }
    }
}

impl InvocationKind {
    fn span(&self) -> Span {
        match self {
            InvocationKind::Bang { span, .. } => *span,
            InvocationKind::Attr { attr, .. } => attr.span,
            InvocationKind::Derive { path, .. } => path.span,
        }
    }
}

/// Without attributes, so that it is not expanded again.
fn strip_attrs(mut item: Annotatable) -> Annotatable {
    item.visit_attrs(|attrs| attrs.clear());
    item
}
