//! `while_true`, `redundant_semicolons`, `unused_doc_comments`, `double_negations`, `missing_abi`, old forms of range
//! patterns and parameters, `unsafe_code`, `keyword_idents`, names with unusual characters.

use ast::attr::AttrKind;
use ast::token::{CommentKind, LitKind};
use ast::visit::{self, AssocCtxt, FnCtxt, FnKind, Visitor};
use ast::{
    Arm, AssocItem, AssocItemKind, AttrVec, Attribute, Block, BlockCheckMode, Expr, ExprKind, Extern, FieldDef,
    ForeignItem, GenericParam, Item, ItemKind, NodeId, Pat, PatKind, RangeEnd, RangeSyntax, Safety, Stmt, StmtKind,
    UnOp, UnsafeSource, UseTree, UseTreeKind,
};
use diagnostics::Applicability;
use session::Session;
use session::lint::{
    AMBIGUOUS_NEGATIVE_LITERALS, ANONYMOUS_PARAMETERS, DOUBLE_NEGATIONS, ELLIPSIS_INCLUSIVE_RANGE_PATTERNS,
    KEYWORD_IDENTS_2018, KEYWORD_IDENTS_2024, MISSING_ABI, MISSING_UNSAFE_ON_EXTERN, NON_ASCII_IDENTS,
    REDUNDANT_SEMICOLONS, UNSAFE_CODE, UNUSED_DOC_COMMENTS, UNUSED_IMPORT_BRACES, WHILE_TRUE,
};
use span::{Edition, FxHashSet, Ident, Span};

use super::buffer;

pub(super) struct SyntaxLints<'a> {
    sess: &'a Session,
    seen_idents: FxHashSet<Span>,
    seen_names: FxHashSet<span::Symbol>,
}

impl<'a> SyntaxLints<'a> {
    pub(super) fn new(sess: &'a Session) -> Self {
        SyntaxLints { sess, seen_idents: FxHashSet::default(), seen_names: FxHashSet::default() }
    }

    /// Doc comments on what has no documentation.
    fn doc_comments(&self, attrs: &[Attribute], node: Span, kind: &str) {
        let mut run: Option<Span> = None;
        let mut attrs = attrs.iter().peekable();
        while let Some(attr) = attrs.next() {
            let sugared = match attr.kind {
                AttrKind::DocComment(kind, _) => Some(kind),
                AttrKind::Normal(_) => None,
            };
            if sugared.is_some() {
                run = Some(run.map_or(attr.span, |s| s.to(attr.span)));
                if attrs.peek().is_some_and(|next| matches!(next.kind, AttrKind::DocComment(..))) {
                    continue;
                }
            }
            let span = run.take().unwrap_or(attr.span);
            let is_doc = sugared.is_some() || attr.has_name(span::sym::doc);
            // `#[doc(..)]` is checked with the attributes.
            if !is_doc || (sugared.is_none() && attr.value_str().is_none()) {
                continue;
            }
            buffer(self.sess, &UNUSED_DOC_COMMENTS, span, "unused doc comment", |d| {
                d.span_label(node, format!("rustdoc does not generate documentation for {kind}"));
                match sugared {
                    Some(CommentKind::Line) => d.help("use `//` for a plain comment"),
                    Some(CommentKind::Block) => d.help("use `/* */` for a plain comment"),
                    None => d,
                };
            });
        }
    }

    fn redundant_semicolons(&self, stmts: &[Stmt]) {
        let mut run: Option<(Span, bool)> = None;
        for stmt in stmts {
            match (&stmt.kind, &mut run) {
                (StmtKind::Empty, Some((span, several))) => {
                    *span = span.to(stmt.span);
                    *several = true;
                }
                (StmtKind::Empty, None) => run = Some((stmt.span, false)),
                _ => self.report_semicolons(run.take()),
            }
        }
        self.report_semicolons(run);
    }

    fn report_semicolons(&self, run: Option<(Span, bool)>) {
        let Some((span, several)) = run else { return };
        if span.is_dummy() || span.from_expansion() {
            return;
        }
        let (s, these) = if several { ("s", "these") } else { ("", "this") };
        buffer(self.sess, &REDUNDANT_SEMICOLONS, span, format!("unnecessary trailing semicolon{s}"), |d| {
            d.span_suggestion(span, format!("remove {these} semicolon{s}"), "", Applicability::MaybeIncorrect);
        });
    }

    fn unsafe_code(&self, span: Span, msg: &str) {
        if !span.in_external_macro() {
            buffer(self.sess, &UNSAFE_CODE, span, msg, |_| {});
        }
    }

    fn missing_abi(&self, ext: &Extern) {
        if let Extern::Implicit(span) = *ext {
            let msg = "`extern` declarations without an explicit ABI are deprecated";
            buffer(self.sess, &MISSING_ABI, span, msg, |d| {
                d.span_suggestion(
                    span,
                    "explicitly specify the \"C\" ABI",
                    "extern \"C\"",
                    Applicability::MachineApplicable,
                );
            });
        }
    }

    fn ident(&mut self, ident: Ident) {
        let name = ident.as_str();
        if !name.is_ascii() && self.seen_names.insert(ident.name) {
            buffer(self.sess, &NON_ASCII_IDENTS, ident.span, "identifier contains non-ASCII characters", |_| {});
        }
        let (lint, edition) = match name {
            "async" | "await" | "try" | "dyn" => (&KEYWORD_IDENTS_2018, Edition::Edition2018),
            "gen" => (&KEYWORD_IDENTS_2024, Edition::Edition2024),
            _ => return,
        };
        if ident.span.edition() >= edition || ident.span.from_expansion() {
            return;
        }
        // `r#async` is what the suggestion makes of it.
        let raw = self.sess.source_map.with_snippet(ident.span, |s| s.starts_with("r#")).unwrap_or(true);
        if raw || !self.seen_idents.insert(ident.span) {
            return;
        }
        let msg = format!("`{name}` is a keyword in the {edition} edition");
        let raw = format!("r#{name}");
        buffer(self.sess, lint, ident.span, msg, |d| {
            d.span_suggestion(
                ident.span,
                "you can use a raw identifier to stay compatible",
                raw,
                Applicability::MachineApplicable,
            );
        });
    }
}

impl<'a> Visitor<'a> for SyntaxLints<'_> {
    fn visit_ident(&mut self, ident: &'a Ident) {
        self.ident(*ident);
    }

    fn visit_block(&mut self, block: &'a Block) {
        self.redundant_semicolons(&block.stmts);
        visit::walk_block(self, block);
    }

    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if let StmtKind::Let(local) = &stmt.kind {
            self.doc_comments(&local.attrs, stmt.span, "statements");
        }
        visit::walk_stmt(self, stmt);
    }

    fn visit_arm(&mut self, arm: &'a Arm) {
        let body = arm.body.as_ref().map_or(arm.span, |b| b.span);
        self.doc_comments(&arm.attrs, arm.pat.span.with_hi(body.hi()), "match arms");
        visit::walk_arm(self, arm);
    }

    fn visit_generic_param(&mut self, param: &'a GenericParam) {
        self.doc_comments(&param.attrs, param.ident.span, "generic parameters");
        visit::walk_generic_param(self, param);
    }

    fn visit_field_def(&mut self, field: &'a FieldDef) {
        visit::walk_field_def(self, field);
    }

    fn visit_expr_field(&mut self, field: &'a ast::ExprField) {
        self.doc_comments(&field.attrs, field.span, "expression fields");
        visit::walk_expr_field(self, field);
    }

    fn visit_pat_field(&mut self, field: &'a ast::PatField) {
        self.doc_comments(&field.attrs, field.span, "pattern fields");
        visit::walk_pat_field(self, field);
    }

    fn visit_pat(&mut self, pat: &'a Pat) {
        let mut p = pat;
        let mut reference = None;
        if let PatKind::Ref(inner, ..) = &p.kind {
            reference = Some(p.span);
            p = inner;
        }
        let parenthesised = matches!(p.kind, PatKind::Paren(_));
        if let PatKind::Range(Some(start), Some(end), spanned) = &p.kind {
            if spanned.node == RangeEnd::Included(RangeSyntax::DotDotDot) && !p.span.from_expansion() {
                let msg = "`...` range patterns are deprecated";
                let dots = spanned.span;
                if reference.is_some() && !parenthesised {
                    let text = |e: &Expr| self.sess.source_map.span_to_snippet(e.span).unwrap_or_default();
                    let new = format!("&({}..={})", text(start), text(end));
                    buffer(self.sess, &ELLIPSIS_INCLUSIVE_RANGE_PATTERNS, dots, msg, |d| {
                        d.span_suggestion(
                            pat.span,
                            "use `..=` for an inclusive range",
                            new,
                            Applicability::MachineApplicable,
                        );
                    });
                    return;
                }
                buffer(self.sess, &ELLIPSIS_INCLUSIVE_RANGE_PATTERNS, dots, msg, |d| {
                    d.span_suggestion_short(
                        dots,
                        "use `..=` for an inclusive range",
                        "..=",
                        Applicability::MachineApplicable,
                    );
                });
            }
        }
        visit::walk_pat(self, pat);
    }

    fn visit_expr(&mut self, e: &'a Expr) {
        self.doc_comments(&e.attrs, e.span, "expressions");
        match &e.kind {
            ExprKind::While(cond, _, label) => {
                let mut inner = &**cond;
                while let ExprKind::Paren(p) = &inner.kind {
                    inner = p;
                }
                let is_true =
                    matches!(&inner.kind, ExprKind::Lit(l) if l.kind == LitKind::Bool && l.symbol == span::kw::True);
                if is_true && !inner.span.from_expansion() {
                    let span = e.span.with_hi(cond.span.hi());
                    let new = label.map_or_else(|| "loop".to_owned(), |l| format!("{}: loop", l.ident));
                    buffer(self.sess, &WHILE_TRUE, span, "denote infinite loops with `loop { ... }`", |d| {
                        d.span_suggestion_short(span, "use `loop`", new, Applicability::MachineApplicable);
                    });
                }
            }
            ExprKind::Unary(UnOp::Neg, inner) => {
                self.negative_literal(e, inner);
                if let ExprKind::Unary(UnOp::Neg, inner2) = &inner.kind {
                    // `- -x` says that it is meant.
                    let adjacent = e.span.lo() + span::BytePos(1) == inner.span.lo();
                    if !matches!(inner2.kind, ExprKind::Unary(UnOp::Neg, _))
                        && adjacent
                        && e.span.ctxt() == inner.span.ctxt()
                        && !e.span.from_expansion()
                    {
                        buffer(self.sess, &DOUBLE_NEGATIONS, e.span, "use of a double negation", |d| {
                            d.note(
                                "the prefix `--` could be misinterpreted as a decrement operator which exists in other \
                                 languages",
                            );
                            d.note("use `-= 1` if you meant to decrement the value");
                            d.multipart_suggestion(
                                "add parentheses for clarity",
                                vec![
                                    (inner.span.shrink_to_lo(), "(".to_owned()),
                                    (inner.span.shrink_to_hi(), ")".to_owned()),
                                ],
                                Applicability::MaybeIncorrect,
                            );
                        });
                    }
                }
            }
            ExprKind::Block(block, _) if block.rules == BlockCheckMode::Unsafe(UnsafeSource::UserProvided) => {
                self.unsafe_code(block.span, "usage of an `unsafe` block");
            }
            _ => {}
        }
        visit::walk_expr(self, e);
    }

    fn visit_item(&mut self, item: &'a Item) {
        match &item.kind {
            ItemKind::ForeignMod(m) => {
                if matches!(m.safety, Safety::Unsafe(_)) {
                    self.unsafe_code(item.span, "usage of an `unsafe extern` block");
                }
                if matches!(m.safety, Safety::Default) && item.span.edition() < Edition::Edition2024 {
                    let before = item.span.shrink_to_lo();
                    buffer(self.sess, &MISSING_UNSAFE_ON_EXTERN, item.span, "extern blocks should be unsafe", |d| {
                        d.span_suggestion(
                            before,
                            "needs `unsafe` before the extern keyword",
                            "unsafe ",
                            Applicability::MachineApplicable,
                        );
                    });
                }
                self.doc_comments(&item.attrs, item.span, "extern blocks");
                if m.abi.is_none() {
                    let at = match m.safety {
                        Safety::Unsafe(u) => u.shrink_to_hi().to(m.extern_span).with_lo(m.extern_span.lo()),
                        _ => m.extern_span,
                    };
                    self.missing_abi(&Extern::Implicit(at));
                }
            }
            ItemKind::Trait(t) if matches!(t.safety, Safety::Unsafe(_)) => {
                self.unsafe_code(item.span, "declaration of an `unsafe` trait");
            }
            ItemKind::Impl(i) => {
                if i.of_trait.as_ref().is_some_and(|h| matches!(h.safety, Safety::Unsafe(_))) {
                    self.unsafe_code(item.span, "implementation of an `unsafe` trait");
                }
            }
            ItemKind::Fn(_) => self.unsafe_attrs(&item.attrs, "function"),
            ItemKind::Static(_) => self.unsafe_attrs(&item.attrs, "static"),
            ItemKind::Use(tree) => self.import_braces(tree, item),
            _ => {}
        }
        visit::walk_item(self, item);
    }

    fn visit_foreign_item(&mut self, item: &'a ForeignItem) {
        visit::walk_foreign_item(self, item);
    }

    fn visit_assoc_item(&mut self, item: &'a AssocItem, ctxt: AssocCtxt) {
        if let AssocItemKind::Fn(f) = &item.kind {
            self.unsafe_attrs(&item.attrs, "method");
            if ctxt == AssocCtxt::Trait {
                for param in &f.sig.decl.inputs {
                    if !matches!(param.pat.kind, PatKind::Missing) || param.ty.span.edition() >= Edition::Edition2018 {
                        continue;
                    }
                    let ty = self.sess.source_map.span_to_snippet(param.ty.span).unwrap_or_else(|| "<type>".to_owned());
                    let span = param.pat.span;
                    let span = if span.is_empty() || span.is_dummy() { param.ty.span } else { span };
                    let msg = "anonymous parameters are deprecated and will be removed in the next edition";
                    buffer(self.sess, &ANONYMOUS_PARAMETERS, span, msg, |d| {
                        d.span_suggestion(
                            span,
                            "try naming the parameter or explicitly ignoring it",
                            format!("_: {ty}"),
                            Applicability::MachineApplicable,
                        );
                    });
                }
            }
        }
        visit::walk_assoc_item(self, item, ctxt);
    }

    fn visit_fn(&mut self, kind: FnKind<'a>, _: &AttrVec, span: Span, _: NodeId) {
        if let FnKind::Fn(ctxt, _, f) = kind {
            self.missing_abi(&f.sig.header.ext);
            if matches!(f.sig.header.safety, Safety::Unsafe(_)) && f.body.is_some() {
                let msg = match ctxt {
                    FnCtxt::Free => Some("declaration of an `unsafe` function"),
                    FnCtxt::Assoc(_) => Some("implementation of an `unsafe` method"),
                    FnCtxt::Foreign => None,
                };
                if let Some(msg) = msg {
                    self.unsafe_code(span, msg);
                }
            } else if matches!(f.sig.header.safety, Safety::Unsafe(_))
                && matches!(ctxt, FnCtxt::Assoc(AssocCtxt::Trait))
            {
                self.unsafe_code(span, "declaration of an `unsafe` method");
            }
        }
        visit::walk_fn(self, kind);
    }
}

impl SyntaxLints<'_> {
    /// `-1.abs()` is `-(1.abs())`.
    fn negative_literal(&self, e: &Expr, inner: &Expr) {
        let mut receiver = inner;
        let mut last = None;
        while let ExprKind::MethodCall(call) = &receiver.kind {
            last = Some(call);
            receiver = &call.receiver;
        }
        if last.is_none() || !matches!(receiver.kind, ExprKind::Lit(_)) || e.span.from_expansion() {
            return;
        }
        let msg = "`-` has lower precedence than method calls, which might be unexpected";
        buffer(self.sess, &AMBIGUOUS_NEGATIVE_LITERALS, e.span, msg, |d| {
            d.note("e.g. `-4.abs()` equals `-4`; while `(-4).abs()` equals `4`");
            let around = |start: Span, end: Span| {
                vec![(start.shrink_to_lo(), "(".to_owned()), (end.shrink_to_hi(), ")".to_owned())]
            };
            d.multipart_suggestion(
                "add parentheses around the `-` and the literal to call the method on a negative literal",
                around(e.span, receiver.span),
                Applicability::MaybeIncorrect,
            );
            d.multipart_suggestion(
                "add parentheses around the literal and the method call to keep the current behavior",
                around(inner.span, inner.span),
                Applicability::MaybeIncorrect,
            );
        });
    }

    fn unsafe_attrs(&self, attrs: &[Attribute], kind: &str) {
        for attr in attrs {
            let name = attr.name().map(|n| n.to_string()).unwrap_or_default();
            let what = match name.as_str() {
                "no_mangle" => format!("a `no_mangle` {kind}"),
                note @ ("export_name" | "link_section") => format!("a {kind} with `{note}`"),
                _ => continue,
            };
            if attr.span.in_external_macro() {
                continue;
            }
            buffer(self.sess, &UNSAFE_CODE, attr.span, format!("declaration of {what}"), |d| {
                d.note(if name == "link_section" {
                    "the program's behavior with overridden link sections on items is unpredictable and Rust cannot provide \
                     guarantees when you manually override them"
                } else {
                    "the linker's behavior with multiple libraries exporting duplicate symbol names is undefined and Rust \
                     cannot provide guarantees when you manually override them"
                });
            });
        }
    }

    /// `use a::{b};`
    fn import_braces(&self, tree: &UseTree, item: &Item) {
        let UseTreeKind::Nested { items, .. } = &tree.kind else { return };
        for (sub, _) in items {
            self.import_braces(sub, item);
        }
        let [(only, _)] = &items[..] else { return };
        let name = match &only.kind {
            UseTreeKind::Simple(rename) => {
                let named = only.prefix.segments[0].ident;
                let ident = rename.unwrap_or(named);
                if named.name == span::kw::SelfLower {
                    return;
                }
                ident.to_string()
            }
            UseTreeKind::Glob(..) => "*".to_owned(),
            UseTreeKind::Nested { .. } => return,
        };
        let msg = format!("braces around {name} is unnecessary");
        buffer(self.sess, &UNUSED_IMPORT_BRACES, item.span, msg, |_| {});
    }
}
