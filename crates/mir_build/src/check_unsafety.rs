//! Finds uses of unsafe things outside of `unsafe`, and `unsafe` blocks without use (Reference, "Unsafety").

use diagnostics::{Diag, ErrCode};
use hir::def::DefKind;
use hir::{HirId, Node};
use query::TyCtxt;
use session::lint as builtin;
use span::Span;
use span::def_id::{DefId, LocalDefId};
use ty::TyKind;

use crate::thir::cx::thir_body;
use crate::thir::visit::{self, Visitor};
use crate::thir::*;

/// Query `check_unsafety`.
pub fn check_unsafety(tcx: TyCtxt<'_>, def: LocalDefId) {
    // Closures and inline constants are checked with what they stand in.
    if tcx.is_typeck_child(def.to_def_id()) {
        return;
    }
    let Ok(body) = thir_body(tcx, def) else { return };
    let (thir, expr) = (&body.0, body.1);
    let hir_id = tcx.local_def_id_to_hir_id(def);
    let is_unsafe = tcx.hir_node(hir_id).fn_sig().is_some_and(|sig| sig.header.is_unsafe());
    let mut v = UnsafetyVisitor {
        tcx,
        thir,
        hir_context: hir_id,
        safety_context: if is_unsafe { SafetyContext::UnsafeFn } else { SafetyContext::Safe },
        in_assignment: false,
        in_union_destructure: false,
        suggest_unsafe_block: true,
        warnings: Vec::new(),
    };
    for param in &thir.params {
        if let Some(pat) = &param.pat {
            v.visit_pat(pat);
        }
    }
    v.visit_expr(&thir[expr]);
    let mut warnings = v.warnings;
    warnings.sort_by_key(|w| w.span);
    for w in warnings {
        let span = tcx.sess().source_map.guess_head_span(w.span);
        let msg = "unnecessary `unsafe` block";
        tcx.emit_node_span_lint(&builtin::UNUSED_UNSAFE, w.hir_id, span, msg, |d| {
            d.span_label(span, msg);
            if let Some(enclosing) = w.enclosing {
                let enclosing = tcx.sess().source_map.guess_head_span(enclosing);
                d.span_label(enclosing, "because it's nested under this `unsafe` block");
            }
        });
    }
}

struct UnusedUnsafe {
    hir_id: HirId,
    span: Span,
    enclosing: Option<Span>,
}

#[derive(Clone, Debug)]
enum SafetyContext {
    Safe,
    /// Of a desugaring.
    BuiltinUnsafeBlock,
    UnsafeFn,
    UnsafeBlock {
        span: Span,
        hir_id: HirId,
        used: bool,
        nested_used: Vec<(HirId, Span)>,
    },
}

struct UnsafetyVisitor<'p, 'tcx> {
    tcx: TyCtxt<'tcx>,
    thir: &'p Thir<'tcx>,
    /// The node whose lint levels hold.
    hir_context: HirId,
    safety_context: SafetyContext,
    /// Whether the place that is looked at is only written.
    in_assignment: bool,
    /// Whether the pattern that is looked at is below one of a union.
    in_union_destructure: bool,
    /// Said once a body.
    suggest_unsafe_block: bool,
    warnings: Vec<UnusedUnsafe>,
}

/// What is unsafe.
#[derive(Clone, Debug)]
enum UnsafeOp {
    CallToUnsafeFunction(Option<DefId>),
    UseOfInlineAssembly,
    InitializingTypeWith,
    UseOfMutableStatic,
    UseOfExternStatic,
    UseOfUnsafeField,
    DerefOfRawPointer,
    AccessToUnionField,
    UnsafeBinderCast,
    CallToFunctionWith(DefId),
}

impl UnsafeOp {
    /// What it is, the label, the note.
    fn texts(&self, tcx: TyCtxt<'_>) -> (String, &'static str, &'static str) {
        match self {
            UnsafeOp::CallToUnsafeFunction(did) => (
                match did {
                    Some(did) => format!("call to unsafe function `{}`", tcx.def_path_str(*did)),
                    None => "call to unsafe function".into(),
                },
                "call to unsafe function",
                "consult the function's documentation for information on how to avoid undefined behavior",
            ),
            UnsafeOp::UseOfInlineAssembly => (
                "use of inline assembly".into(),
                "use of inline assembly",
                "inline assembly is entirely unchecked and can cause undefined behavior",
            ),
            UnsafeOp::InitializingTypeWith => (
                "initializing type with `rustc_layout_scalar_valid_range` attr".into(),
                "initializing type with `rustc_layout_scalar_valid_range` attr",
                "initializing a layout restricted type's field with a value outside the valid range is undefined behavior",
            ),
            UnsafeOp::UseOfMutableStatic => (
                "use of mutable static".into(),
                "use of mutable static",
                "mutable statics can be mutated by multiple threads: aliasing violations or data races will cause undefined behavior",
            ),
            UnsafeOp::UseOfExternStatic => (
                "use of extern static".into(),
                "use of extern static",
                "extern statics are not controlled by the Rust type system: invalid data, aliasing violations or data races will cause undefined behavior",
            ),
            UnsafeOp::UseOfUnsafeField => {
                ("use of unsafe field".into(), "use of unsafe field", "unsafe fields may carry library invariants")
            }
            UnsafeOp::DerefOfRawPointer => (
                "dereference of raw pointer".into(),
                "dereference of raw pointer",
                "raw pointers may be null, dangling or unaligned; they can violate aliasing rules and cause data races: all of these are undefined behavior",
            ),
            UnsafeOp::AccessToUnionField => (
                "access to union field".into(),
                "access to union field",
                "the field may not be properly initialized: using uninitialized data will cause undefined behavior",
            ),
            UnsafeOp::UnsafeBinderCast => (
                "unsafe binder cast".into(),
                "unsafe binder cast",
                "casting to or from an `unsafe<...>` binder type is unsafe since it erases lifetime information that may be required to uphold safety guarantees of a type",
            ),
            UnsafeOp::CallToFunctionWith(did) => (
                format!("call to function `{}` with `#[target_feature]`", tcx.def_path_str(*did)),
                "call to function with `#[target_feature]`",
                "",
            ),
        }
    }
}

impl<'p, 'tcx> UnsafetyVisitor<'p, 'tcx> {
    fn in_safety_context(&mut self, context: SafetyContext, f: impl FnOnce(&mut Self)) {
        let prev = std::mem::replace(&mut self.safety_context, context);
        f(self);
        let done = std::mem::replace(&mut self.safety_context, prev);
        let SafetyContext::UnsafeBlock { used, span, hir_id, nested_used } = done else { return };
        if !used {
            self.warnings.push(UnusedUnsafe { hir_id, span, enclosing: None });
            if let SafetyContext::UnsafeBlock { nested_used: outer, .. } = &mut self.safety_context {
                outer.extend(nested_used);
            }
        } else {
            for (hir_id, inner) in nested_used {
                self.warnings.push(UnusedUnsafe { hir_id, span: inner, enclosing: Some(span) });
            }
            if let SafetyContext::UnsafeBlock { nested_used: outer, .. } = &mut self.safety_context {
                outer.push((hir_id, span));
            }
        }
    }

    fn requires_unsafe(&mut self, span: Span, op: UnsafeOp) {
        if matches!(self.safety_context, SafetyContext::Safe | SafetyContext::UnsafeFn)
            && self.lint_deprecated_safe(span, &op)
        {
            return;
        }
        let level = self.tcx.lint_level_at_node(&builtin::UNSAFE_OP_IN_UNSAFE_FN, self.hir_context).0;
        let in_fn_allowed = level == session::lint::Level::Allow;
        match &mut self.safety_context {
            SafetyContext::BuiltinUnsafeBlock => {}
            SafetyContext::UnsafeBlock { used, .. } => *used = true,
            SafetyContext::UnsafeFn if in_fn_allowed => {}
            SafetyContext::UnsafeFn => self.lint_unsafe_op_in_unsafe_fn(span, &op),
            SafetyContext::Safe => self.emit_error(span, &op, in_fn_allowed),
        }
    }

    /// Functions that became unsafe with the edition 2024: before it, that is a lint.
    fn lint_deprecated_safe(&self, span: Span, op: &UnsafeOp) -> bool {
        let tcx = self.tcx;
        let UnsafeOp::CallToUnsafeFunction(Some(callee)) = *op else { return false };
        let attr = tcx.get_attr(callee, span::sym::rustc_deprecated_safe_2024);
        let Some(attr) = attr.filter(|_| span.edition() < span::Edition::Edition2024) else { return false };
        let audit = attr.meta_item_list().unwrap_or_default().iter().find_map(ast::MetaItemInner::value_str);
        let audit = audit.map_or_else(|| "its unsafe preconditions hold".to_owned(), |a| a.to_string());
        let msg = format!(
            "call to deprecated safe function `{}` is unsafe and requires unsafe block",
            query::with_no_trimmed_paths(|| tcx.def_path_str(callee))
        );
        tcx.emit_node_span_lint(&builtin::DEPRECATED_SAFE_2024, self.hir_context, span, msg, |d| {
            d.span_label(span, "call to unsafe function");
            let source_map = &tcx.sess().source_map;
            let indent = source_map.indentation_before(span).unwrap_or_default();
            let line = span.shrink_to_lo();
            d.multipart_suggestion(
                format!("you can wrap the call in an `unsafe` block if you can guarantee that {audit}"),
                vec![
                    (line, format!("// TODO: Audit that {audit}.\n{indent}unsafe {{ ")),
                    (span.shrink_to_hi(), " }".to_owned()),
                ],
                diagnostics::Applicability::MaybeIncorrect,
            );
        });
        true
    }

    fn lint_unsafe_op_in_unsafe_fn(&mut self, span: Span, op: &UnsafeOp) {
        let (what, label, note) = op.texts(self.tcx);
        let msg = format!("{what} is unsafe and requires unsafe block");
        let tcx = self.tcx;
        let suggest = std::mem::replace(&mut self.suggest_unsafe_block, false);
        let fn_span = tcx.def_span(self.hir_context.owner.to_def_id());
        tcx.emit_node_span_lint(&builtin::UNSAFE_OP_IN_UNSAFE_FN, self.hir_context, span, msg, |d| {
            d.code(ErrCode(133));
            d.span_label(span, label);
            if !note.is_empty() {
                d.note(note);
            }
            if suggest {
                d.span_note(fn_span, "an unsafe function restricts its caller, but its body is safe by default");
            }
        });
    }

    fn emit_error(&self, span: Span, op: &UnsafeOp, in_fn_allowed: bool) {
        let (what, label, note) = op.texts(self.tcx);
        let needs = if in_fn_allowed { "unsafe function or block" } else { "unsafe block" };
        let msg = format!("{what} is unsafe and requires {needs}");
        let mut err: Diag<'_> = self.tcx.dcx().struct_span_err(span, msg).with_code(ErrCode(133));
        err.span_label(span, label);
        if !note.is_empty() {
            err.note(note);
        }
        // An `unsafe` around the item does not reach in.
        let enclosing = self.tcx.hir_parent_iter(self.hir_context).find(|(_, node)| match node {
            Node::Block(b) => matches!(b.rules, hir::BlockCheckMode::UnsafeBlock(_)),
            node => node.fn_sig().is_some_and(|sig| sig.header.is_unsafe()),
        });
        if let Some((_, node)) = enclosing {
            let span = match node {
                Node::Block(b) => b.span,
                _ => node.fn_sig().map_or(span::DUMMY_SP, |s| s.span),
            };
            let span = self.tcx.sess().source_map.guess_head_span(span);
            err.span_label(span, "items do not inherit unsafety from separate enclosing items");
        }
        err.emit();
    }

    /// Whether a function may be called only where its target features are.
    fn missing_target_features(&self, callee: DefId) -> bool {
        if !matches!(self.tcx.def_kind(callee), DefKind::Fn | DefKind::AssocFn) {
            return false;
        }
        if !self.tcx.has_attr(callee, span::sym::target_feature) {
            return false;
        }
        let have = &self.tcx.codegen_fn_attrs(self.hir_context.owner.to_def_id()).target_features;
        self.tcx.codegen_fn_attrs(callee).target_features.iter().any(|f| !have.contains(f))
    }
}

impl<'p, 'tcx> Visitor<'p, 'tcx> for UnsafetyVisitor<'p, 'tcx> {
    fn thir(&self) -> &'p Thir<'tcx> {
        self.thir
    }

    fn visit_block(&mut self, block: &'p Block) {
        match block.safety_mode {
            BlockSafety::BuiltinUnsafe => {
                self.in_safety_context(SafetyContext::BuiltinUnsafeBlock, |this| visit::walk_block(this, block));
            }
            BlockSafety::ExplicitUnsafe(hir_id) => {
                let level = self.tcx.lint_level_at_node(&builtin::UNUSED_UNSAFE, hir_id).0;
                let used = level == session::lint::Level::Allow;
                let context = SafetyContext::UnsafeBlock { span: block.span, hir_id, used, nested_used: Vec::new() };
                self.in_safety_context(context, |this| visit::walk_block(this, block));
            }
            BlockSafety::Safe => visit::walk_block(self, block),
        }
    }

    fn visit_pat(&mut self, pat: &'p Pat<'tcx>) {
        if self.in_union_destructure {
            match pat.kind {
                PatKind::Binding { .. }
                | PatKind::Constant { .. }
                | PatKind::Variant { .. }
                | PatKind::Leaf { .. }
                | PatKind::Deref { .. }
                | PatKind::DerefPattern { .. }
                | PatKind::Range(_)
                | PatKind::Slice { .. }
                | PatKind::Array { .. }
                | PatKind::Never => {
                    self.requires_unsafe(pat.span, UnsafeOp::AccessToUnionField);
                    return;
                }
                // Nothing is read, or only what is below.
                PatKind::Wild
                | PatKind::Missing
                | PatKind::Or { .. }
                | PatKind::AscribeUserType { .. }
                | PatKind::ExpandedConstant { .. }
                | PatKind::Error(_) => {}
            }
        }
        if let (PatKind::Leaf { subpatterns }, TyKind::Adt(adt, _)) = (&pat.kind, *pat.ty.kind()) {
            if !adt.is_enum() {
                for f in subpatterns {
                    if adt.non_enum_variant().fields[f.field].safety_unsafe {
                        self.requires_unsafe(f.pattern.span, UnsafeOp::UseOfUnsafeField);
                    }
                }
            }
            if adt.is_union() {
                let old = std::mem::replace(&mut self.in_union_destructure, true);
                visit::walk_pat(self, pat);
                self.in_union_destructure = old;
                return;
            }
        }
        visit::walk_pat(self, pat);
    }

    fn visit_inner_body(&mut self, def: LocalDefId) {
        let Ok(body) = thir_body(self.tcx, def) else { return };
        let (thir, expr) = (&body.0, body.1);
        let mut inner = UnsafetyVisitor {
            tcx: self.tcx,
            thir,
            hir_context: self.tcx.local_def_id_to_hir_id(def),
            safety_context: std::mem::replace(&mut self.safety_context, SafetyContext::Safe),
            in_assignment: false,
            in_union_destructure: false,
            suggest_unsafe_block: self.suggest_unsafe_block,
            warnings: std::mem::take(&mut self.warnings),
        };
        for param in &thir.params {
            if let Some(pat) = &param.pat {
                inner.visit_pat(pat);
            }
        }
        inner.visit_expr(&thir[expr]);
        self.suggest_unsafe_block = inner.suggest_unsafe_block;
        self.warnings = inner.warnings;
        self.safety_context = inner.safety_context;
    }

    fn visit_expr(&mut self, expr: &'p Expr<'tcx>) {
        let thir = self.thir;
        let tcx = self.tcx;
        if !matches!(
            expr.kind,
            ExprKind::Field { .. }
                | ExprKind::VarRef { .. }
                | ExprKind::UpvarRef { .. }
                | ExprKind::Scope { .. }
                | ExprKind::PlaceTypeAscription { .. }
        ) {
            // What is below is read to find the place.
            self.in_assignment = false;
        }
        match expr.kind {
            ExprKind::Scope { value, hir_id, .. } => {
                let prev = std::mem::replace(&mut self.hir_context, hir_id);
                self.visit_expr(&thir[value]);
                self.hir_context = prev;
                return;
            }
            ExprKind::Call { fun, .. } => {
                let fn_ty = thir[fun].ty;
                let def = match *fn_ty.kind() {
                    TyKind::FnDef(did, _) => Some(did),
                    _ => None,
                };
                let has_features = def.is_some_and(|d| tcx.has_attr(d, span::sym::target_feature));
                let sig = tcx.fn_sig_of_ty(fn_ty);
                let is_unsafe = sig.is_some_and(|s| s.safety() == hir::Safety::Unsafe);
                if is_unsafe && !(has_features && def.is_some_and(|d| self.is_safe_with_features(d))) {
                    self.requires_unsafe(expr.span, UnsafeOp::CallToUnsafeFunction(def));
                } else if let Some(did) = def {
                    if self.missing_target_features(did) {
                        self.requires_unsafe(expr.span, UnsafeOp::CallToFunctionWith(did));
                    }
                }
            }
            ExprKind::RawBorrow { arg, .. } => {
                if let ExprKind::Scope { value, .. } = thir[arg].kind {
                    // `&raw *p` reads nothing behind `p`.
                    if let ExprKind::Deref { arg } = thir[value].kind {
                        self.visit_expr(&thir[arg]);
                        return;
                    }
                }
                // Nor does the address of a union's field.
                let mut peeled = arg;
                while let ExprKind::Scope { value, .. } = thir[peeled].kind {
                    match thir[value].kind {
                        ExprKind::Field { lhs, .. } if thir[lhs].ty.is_union() => peeled = lhs,
                        _ => break,
                    }
                }
                self.visit_expr(&thir[peeled]);
                return;
            }
            ExprKind::Deref { arg } => match thir[arg].kind {
                ExprKind::StaticRef { def_id } | ExprKind::ThreadLocalRef(def_id) => {
                    if tcx.is_mutable_static(def_id) {
                        self.requires_unsafe(expr.span, UnsafeOp::UseOfMutableStatic);
                    } else if tcx.is_foreign_item(def_id) {
                        let safe = matches!(tcx.def_kind(def_id), DefKind::Static { safety: hir::Safety::Safe, .. });
                        if !safe {
                            self.requires_unsafe(expr.span, UnsafeOp::UseOfExternStatic);
                        }
                    }
                }
                _ if thir[arg].ty.is_raw_ptr() => self.requires_unsafe(expr.span, UnsafeOp::DerefOfRawPointer),
                _ => {}
            },
            ExprKind::InlineAsm(ref asm) if asm.asm_macro == ast::AsmMacro::Asm => {
                self.requires_unsafe(expr.span, UnsafeOp::UseOfInlineAssembly);
            }
            ExprKind::Adt(ref adt) => {
                let variant = adt.adt_def.variant(adt.variant_index);
                if adt.fields.iter().any(|f| variant.fields[f.name].safety_unsafe) {
                    self.requires_unsafe(expr.span, UnsafeOp::UseOfUnsafeField);
                }
                let did = adt.adt_def.did();
                let restricted = |name| tcx.has_attr(did, name);
                if restricted(span::sym::rustc_layout_scalar_valid_range_start)
                    || restricted(span::sym::rustc_layout_scalar_valid_range_end)
                {
                    self.requires_unsafe(expr.span, UnsafeOp::InitializingTypeWith);
                }
            }
            ExprKind::Field { lhs, variant_index, name } => {
                if let TyKind::Adt(adt, _) = *thir[lhs].ty.kind() {
                    if adt.variant(variant_index).fields[name].safety_unsafe {
                        self.requires_unsafe(expr.span, UnsafeOp::UseOfUnsafeField);
                    } else if adt.is_union() && !self.in_assignment {
                        self.requires_unsafe(expr.span, UnsafeOp::AccessToUnionField);
                    }
                }
            }
            ExprKind::Assign { lhs, rhs } => {
                self.in_assignment = true;
                self.visit_expr(&thir[lhs]);
                self.in_assignment = false;
                self.visit_expr(&thir[rhs]);
                return;
            }
            ExprKind::PlaceUnwrapUnsafeBinder { .. }
            | ExprKind::ValueUnwrapUnsafeBinder { .. }
            | ExprKind::WrapUnsafeBinder { .. } => {
                self.requires_unsafe(expr.span, UnsafeOp::UnsafeBinderCast);
            }
            _ => {}
        }
        visit::walk_expr(self, expr);
    }
}

impl UnsafetyVisitor<'_, '_> {
    /// A safe function whose target features make it unsafe to call elsewhere.
    fn is_safe_with_features(&self, callee: DefId) -> bool {
        match callee.as_local().map(|l| self.tcx.hir_node_by_def_id(l)) {
            Some(node) => node.fn_sig().is_some_and(|s| !s.header.is_unsafe()),
            None => false,
        }
    }
}
