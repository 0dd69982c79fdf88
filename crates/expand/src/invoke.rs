//! Expanding one call whose macro is known: from tokens or an annotated node to the parsed fragment that takes its place.

use ast::token::{Delimiter, IdentIsRaw, TokenKind};
use ast::tokenstream::{Spacing, TokenStream, TokenStreamBuilder};
use ast::{
    AttrArgs, AttrKind, Attribute, DUMMY_NODE_ID, ExprKind, MacCall, MetaItem, MetaItemKind, PatKind, Path, Safety,
    Stmt, StmtKind, TyKind,
};
use diagnostics::{Applicability, Diag, Level};
use parser::pat::{CommaRecoveryMode, RecoverColon, RecoverComma};
use parser::stmt::AttemptLocalParseRecovery;
use parser::{PResult, Parser};
use session::{Session, lint};
use smallvec::{SmallVec, smallvec};
use span::{ErrorGuaranteed, Ident, Span};
use thin_vec::ThinVec;

use crate::base::{
    Annotatable, ExpandResult, ExpansionCx, MacResult, ParserTokens, SyntaxExtension, SyntaxExtensionKind,
};
use crate::builtin::build;
use crate::fragment::{AstFragment, AstFragmentKind};

impl SyntaxExtension {
    /// Expands `m!(..)`, which stands at `span`, to a fragment of this kind.
    pub fn expand_bang(
        &self,
        cx: &mut ExpansionCx<'_>,
        kind: AstFragmentKind,
        span: Span,
        mac: &MacCall,
    ) -> ExpandResult<AstFragment> {
        let tokens = &mac.args.tokens;
        let result = match &self.kind {
            SyntaxExtensionKind::MacroRules(expander) => expander.expand_bang(cx, span, tokens),
            SyntaxExtensionKind::Bang(f) => match f(cx, span, tokens.clone()) {
                ExpandResult::Ready(result) => result,
                ExpandResult::Retry => return ExpandResult::Retry,
            },
            SyntaxExtensionKind::Dummy(guar) => MacResult::Dummy(span, *guar),
            SyntaxExtensionKind::Attr(_) | SyntaxExtensionKind::Derive(_) | SyntaxExtensionKind::NonMacroAttr => {
                return ExpandResult::Ready(dummy_fragment(cx.sess, kind, span));
            }
        };
        ExpandResult::Ready(make_fragment(cx, kind, span, &mac.path, result))
    }

    /// Expands `#[m(..)]` on `item`, from which the attribute was taken off.
    pub fn expand_attr(
        &self,
        cx: &mut ExpansionCx<'_>,
        kind: AstFragmentKind,
        attr: &Attribute,
        item: Annotatable,
    ) -> ExpandResult<AstFragment> {
        let AttrKind::Normal(normal) = &attr.kind else {
            return ExpandResult::Ready(kind.expect_from_annotatables([item]));
        };
        match &self.kind {
            SyntaxExtensionKind::MacroRules(expander) => {
                let args = match &normal.item.args {
                    AttrArgs::Empty => TokenStream::default(),
                    AttrArgs::Delimited(args) => args.tokens.clone(),
                    AttrArgs::Eq { expr, .. } => {
                        let message = "key-value macro attributes are not supported";
                        let guar = cx.sess.dcx.span_err(attr.span, message);
                        return ExpandResult::Ready(dummy_with(kind, expr.span, guar));
                    }
                };
                let body = annotatable_tokens(cx.sess, &item);
                let result = expander.expand_attr(cx, attr.span, normal.item.unsafety, &args, &body);
                ExpandResult::Ready(match result {
                    Ok(tokens) => parse_tokens(cx, kind, attr.span, &normal.item.path, tokens),
                    Err(guar) => dummy_with(kind, attr.span, guar),
                })
            }
            SyntaxExtensionKind::Attr(f) => {
                let meta = match attr.meta() {
                    Some(meta) => meta,
                    None => {
                        let message =
                            format!("malformed `{}` attribute input", ast::pretty::path_to_string(&normal.item.path));
                        cx.sess.dcx.span_err(attr.span, message);
                        return ExpandResult::Ready(kind.expect_from_annotatables([item]));
                    }
                };
                f(cx, attr.span, &meta, item).map(|items| kind.expect_from_annotatables(items))
            }
            SyntaxExtensionKind::Bang(_)
            | SyntaxExtensionKind::Derive(_)
            | SyntaxExtensionKind::NonMacroAttr
            | SyntaxExtensionKind::Dummy(_) => ExpandResult::Ready(kind.expect_from_annotatables([item])),
        }
    }

    /// Expands `#[derive(path)]` on `item`: what the derive adds, without the item.
    pub fn expand_derive(
        &self,
        cx: &mut ExpansionCx<'_>,
        kind: AstFragmentKind,
        path: &Path,
        item: Annotatable,
        is_const: bool,
    ) -> ExpandResult<AstFragment> {
        match &self.kind {
            SyntaxExtensionKind::Derive(f) => {
                let meta = MetaItem {
                    unsafety: Safety::Default,
                    path: path.clone(),
                    kind: MetaItemKind::Word,
                    span: path.span,
                };
                cx.derive_const = is_const;
                f(cx, path.span, &meta, item).map(|items| kind.expect_from_annotatables(items))
            }
            SyntaxExtensionKind::MacroRules(expander) => {
                if is_const {
                    cx.sess.dcx.span_err(path.span, "macro `derive` does not support const derives");
                }
                let body = annotatable_tokens(cx.sess, &item);
                ExpandResult::Ready(match expander.expand_derive(cx, path.span, &body) {
                    Ok(tokens) => parse_tokens(cx, kind, path.span, path, tokens),
                    Err(_) => kind.expect_from_annotatables([]),
                })
            }
            SyntaxExtensionKind::Bang(_)
            | SyntaxExtensionKind::Attr(_)
            | SyntaxExtensionKind::NonMacroAttr
            | SyntaxExtensionKind::Dummy(_) => ExpandResult::Ready(kind.expect_from_annotatables([])),
        }
    }
}

/// The tokens of an annotated node, attributes included, for attribute macros.
fn annotatable_tokens(sess: &Session, item: &Annotatable) -> TokenStream {
    let (attrs, tokens) = match item {
        Annotatable::Item(item) => (&item.attrs, item.tokens.clone()),
        Annotatable::AssocItem(item, _) => (&item.attrs, item.tokens.clone()),
        Annotatable::ForeignItem(item) => (&item.attrs, item.tokens.clone()),
        Annotatable::Stmt(stmt) => match &stmt.kind {
            StmtKind::Item(item) => (&item.attrs, item.tokens.clone()),
            _ => return TokenStream::default(),
        },
        _ => return TokenStream::default(),
    };
    let mut builder = TokenStreamBuilder::new();
    for attr in attrs.iter().filter(|attr| attr.style == ast::AttrStyle::Outer) {
        push_attr(&mut builder, attr);
    }
    match tokens {
        Some(tokens) => builder.push_stream(&tokens),
        None => {
            sess.dcx.span_unsupported(item.span(), "an attribute macro on an item that a macro made");
        }
    }
    builder.build()
}

fn push_attr(builder: &mut TokenStreamBuilder, attr: &Attribute) {
    let span = attr.span;
    match &attr.kind {
        AttrKind::DocComment(kind, text) => {
            builder.push_token(TokenKind::DocComment(*kind, attr.style, *text), span, Spacing::Alone);
        }
        AttrKind::Normal(normal) => {
            if let Some(tokens) = &normal.tokens {
                builder.push_stream(tokens);
                return;
            }
            builder.push_token(TokenKind::Pound, span, Spacing::Joint);
            builder.open_delim(Delimiter::Bracket, span, Spacing::JointHidden);
            for (i, segment) in normal.item.path.segments.iter().enumerate() {
                if i > 0 {
                    builder.push_token(TokenKind::PathSep, span, Spacing::Joint);
                }
                if segment.ident.name != span::kw::PathRoot {
                    let ident = segment.ident;
                    let raw = IdentIsRaw::from(ident.is_raw_guess());
                    builder.push_token(TokenKind::Ident(ident.name, raw), ident.span, Spacing::Alone);
                }
            }
            match &normal.item.args {
                AttrArgs::Empty => {}
                AttrArgs::Delimited(args) => {
                    builder.open_delim(args.delim, args.dspan.open, Spacing::JointHidden);
                    builder.push_stream(&args.tokens);
                    builder.close_delim(args.dspan.close, Spacing::Alone);
                }
                AttrArgs::Eq { eq_span, expr } => {
                    builder.push_token(TokenKind::Eq, *eq_span, Spacing::Alone);
                    if let ExprKind::Lit(lit) = expr.kind {
                        builder.push_token(TokenKind::Literal(lit), expr.span, Spacing::Alone);
                    }
                }
            }
            builder.close_delim(span, Spacing::Alone);
        }
    }
}

/// What a macro yielded, as a fragment of the kind that is wanted.
fn make_fragment(
    cx: &mut ExpansionCx<'_>,
    kind: AstFragmentKind,
    span: Span,
    path: &Path,
    result: MacResult,
) -> AstFragment {
    use AstFragmentKind as K;
    let stmt = |kind, span| Stmt { id: DUMMY_NODE_ID, kind, span };
    match (result, kind) {
        (MacResult::Dummy(sp, guar), _) => dummy_with(kind, sp, guar),
        (MacResult::Empty(sp), kind) => {
            let unit = || build::expr(sp, ExprKind::Tup(ThinVec::new()));
            match kind {
                K::Expr => AstFragment::Expr(unit()),
                K::MethodReceiverExpr => AstFragment::MethodReceiverExpr(unit()),
                K::OptExpr => AstFragment::OptExpr(None),
                K::Stmts => AstFragment::Stmts(smallvec![stmt(StmtKind::Expr(unit()), sp)]),
                K::Pat => AstFragment::Pat(build::pat_wild(sp)),
                K::Ty => AstFragment::Ty(build::ty(sp, TyKind::Tup(ThinVec::new()))),
                kind => kind.expect_from_annotatables([]),
            }
        }
        (MacResult::Tokens(tokens), _) => make_from_tokens(cx, kind, path, tokens),
        (MacResult::Expr(e), K::Expr) => AstFragment::Expr(e),
        (MacResult::Expr(e), K::MethodReceiverExpr) => AstFragment::MethodReceiverExpr(e),
        (MacResult::Expr(e), K::OptExpr) => AstFragment::OptExpr(Some(e)),
        (MacResult::Expr(e), K::Stmts) => AstFragment::Stmts(smallvec![stmt(StmtKind::Expr(e.clone()), e.span)]),
        (MacResult::Expr(e), K::Pat) if matches!(e.kind, ExprKind::Lit(_) | ExprKind::IncludedBytes(_)) => {
            AstFragment::Pat(build::pat(e.span, PatKind::Expr(e)))
        }
        (MacResult::Pat(p), K::Pat) => AstFragment::Pat(p),
        (MacResult::Ty(t), K::Ty) => AstFragment::Ty(t),
        (MacResult::Items(items), K::Items) => AstFragment::Items(items),
        (MacResult::Items(items), K::Stmts) => {
            AstFragment::Stmts(items.into_iter().map(|item| stmt(StmtKind::Item(item.clone()), item.span)).collect())
        }
        (MacResult::Stmts(stmts), K::Stmts) => AstFragment::Stmts(stmts),
        (_, kind) => {
            let path = ast::pretty::path_to_string(path);
            let guar = cx
                .sess
                .dcx
                .struct_span_err(span, format!("non-{kind} macro in {kind} position: {path}", kind = kind.name()))
                .emit();
            dummy_with(kind, span, guar)
        }
    }
}

fn make_from_tokens(cx: &mut ExpansionCx<'_>, kind: AstFragmentKind, path: &Path, result: ParserTokens) -> AstFragment {
    let ParserTokens { tokens, site_span, arm_span, macro_ident, is_local } = result;
    let mut parser = Parser::new(cx.sess, tokens);
    let fragment = match parse_ast_fragment(&mut parser, kind) {
        Ok(fragment) => fragment,
        Err(err) => {
            let guar = fragment_parse_err(cx.sess, err, &parser, site_span, arm_span, kind);
            return dummy_with(kind, site_span, guar);
        }
    };
    // `m!()` may stand for an expression though the macro says `expr;`.
    if matches!(kind, AstFragmentKind::Expr | AstFragmentKind::OptExpr) && parser.token.kind == TokenKind::Semi {
        if is_local {
            lint_trailing_semicolon(cx, parser.token.span, macro_ident);
        }
        parser.bump();
    }
    ensure_complete_parse(cx.sess, &parser, path, kind, site_span);
    fragment
}

fn lint_trailing_semicolon(cx: &ExpansionCx<'_>, span: Span, macro_ident: Option<Ident>) {
    let mut diag = Diag::new(&cx.sess.dcx, Level::Warning, "trailing semicolon in macro used in expression position")
        .with_span(span);
    if cx.current_expansion.is_trailing_mac
        && let Some(name) = macro_ident
    {
        diag.note("macro invocations at the end of a block are treated as expressions");
        diag.note(format!(
            "to ignore the value produced by the macro, add a semicolon after the invocation of `{name}`"
        ));
    }
    cx.sess.buffer_lint(lint::BufferedLint {
        lint: &lint::SEMICOLON_IN_EXPRESSIONS_FROM_MACROS,
        node_id: cx.current_expansion.lint_node_id.as_u32(),
        span,
        diag: Box::new(diag.into_inner()),
    });
}

/// The result of an attribute or derive macro.
fn parse_tokens(
    cx: &mut ExpansionCx<'_>,
    kind: AstFragmentKind,
    span: Span,
    path: &Path,
    tokens: TokenStream,
) -> AstFragment {
    let result = ParserTokens { tokens, site_span: span, arm_span: span, macro_ident: None, is_local: false };
    make_from_tokens(cx, kind, path, result)
}

/// Parses what a macro yielded.
pub fn parse_ast_fragment<'a>(parser: &mut Parser<'a>, kind: AstFragmentKind) -> PResult<'a, AstFragment> {
    /// Items until the end.
    macro_rules! items {
        ($Kind:ident, $parse:expr) => {{
            let mut items = SmallVec::new();
            loop {
                let next: PResult<'a, _> = $parse(&mut *parser);
                match next? {
                    Some(item) => items.extend(item),
                    None => break AstFragment::$Kind(items),
                }
            }
        }};
    }
    Ok(match kind {
        AstFragmentKind::Items => items!(Items, |p: &mut Parser<'a>| p.parse_item().map(|i| i.map(Some))),
        AstFragmentKind::TraitItems => items!(TraitItems, Parser::parse_trait_item),
        AstFragmentKind::ImplItems => items!(ImplItems, Parser::parse_impl_item),
        AstFragmentKind::TraitImplItems => items!(TraitImplItems, Parser::parse_impl_item),
        AstFragmentKind::ForeignItems => items!(ForeignItems, Parser::parse_foreign_item),
        AstFragmentKind::Stmts => {
            let mut stmts = SmallVec::new();
            // A brace ends the statements: it is reported as left over.
            while !matches!(parser.token.kind, TokenKind::Eof | TokenKind::CloseBrace) {
                if let Some(stmt) = parser.parse_full_stmt(AttemptLocalParseRecovery::Yes)? {
                    stmts.push(stmt);
                }
            }
            AstFragment::Stmts(stmts)
        }
        AstFragmentKind::Expr => AstFragment::Expr(parser.parse_expr()?),
        AstFragmentKind::MethodReceiverExpr => AstFragment::MethodReceiverExpr(parser.parse_expr()?),
        AstFragmentKind::OptExpr => {
            AstFragment::OptExpr(if parser.token.kind == TokenKind::Eof { None } else { Some(parser.parse_expr()?) })
        }
        AstFragmentKind::Ty => AstFragment::Ty(parser.parse_ty()?),
        AstFragmentKind::Pat => AstFragment::Pat(parser.parse_pat_no_top_guard(
            None,
            RecoverComma::No,
            RecoverColon::Yes,
            CommaRecoveryMode::LikelyTuple,
        )?),
        AstFragmentKind::Arms
        | AstFragmentKind::ExprFields
        | AstFragmentKind::PatFields
        | AstFragmentKind::GenericParams
        | AstFragmentKind::Params
        | AstFragmentKind::FieldDefs
        | AstFragmentKind::Variants
        | AstFragmentKind::WherePredicates
        | AstFragmentKind::Crate => {
            panic!("no macro stands for a {}", kind.name())
        }
    })
}

/// Reports tokens that the fragment has left.
fn ensure_complete_parse(sess: &Session, parser: &Parser<'_>, path: &Path, kind: AstFragmentKind, span: Span) {
    if parser.token.kind == TokenKind::Eof {
        return;
    }
    let token = crate::mbe::token_descr(&parser.token);
    // The tokens of the macro's definition, not those of the call.
    let def_site = parser.token.span.with_ctxt(span::SyntaxContext::root());
    let mut err =
        sess.dcx.struct_span_err(def_site, format!("macro expansion ignores {token} and any tokens following"));
    err.span_label(span, "caused by the macro expansion here");
    let text = ast::pretty::path_to_string(path);
    err.note(format!("the usage of `{text}!` is likely invalid in {} context", kind.name()));
    let semicolon = match kind {
        AstFragmentKind::Expr | AstFragmentKind::OptExpr => {
            sess.source_map.span_to_snippet(span).filter(|s| !s.ends_with(';')).map(|_| span.shrink_to_hi())
        }
        _ => None,
    };
    if let Some(place) = semicolon {
        err.span_suggestion_verbose(place, "you might be missing a semicolon here", ";", Applicability::MaybeIncorrect);
    }
    err.emit();
}

/// An error in what a macro yielded.
fn fragment_parse_err(
    sess: &Session,
    mut err: Diag<'_>,
    parser: &Parser<'_>,
    site_span: Span,
    arm_span: Span,
    kind: AstFragmentKind,
) -> ErrorGuaranteed {
    if parser.token.kind == TokenKind::Eof
        && let Some(rest) = err.message.strip_suffix(", found `<eof>`")
    {
        let message = format!("macro expansion ends with an incomplete expression: {rest}");
        err.primary_message(message);
        if err.span.primary_span().is_none_or(|sp| sp.is_dummy()) || kind == AstFragmentKind::Expr {
            // The end of the arm is where something is missing.
            let place = sess.source_map.end_point(arm_span).shrink_to_lo();
            let old = err.span.primary_spans.clone();
            err.span.primary_spans = vec![place];
            for (span, _) in &mut err.span.span_labels {
                if old.contains(span) {
                    *span = place;
                }
            }
        }
    }
    if kind == AstFragmentKind::Pat && sess.source_map.span_to_snippet(site_span).is_none() {
        err.span_label(site_span, "in this macro invocation");
    } else if matches!(kind, AstFragmentKind::Ty | AstFragmentKind::Pat) && !site_span.from_expansion() {
        err.span_label(site_span, "this macro call doesn't expand to a type");
        if kind == AstFragmentKind::Pat {
            err.span.span_labels.pop();
        }
    }
    err.emit()
}

/// What stands for a call that could not be expanded; an error was reported.
pub fn dummy_fragment(sess: &Session, kind: AstFragmentKind, span: Span) -> AstFragment {
    let guar = sess.dcx.span_delayed_bug(span, "a macro call without a result");
    dummy_with(kind, span, guar)
}

fn dummy_with(kind: AstFragmentKind, span: Span, guar: ErrorGuaranteed) -> AstFragment {
    use AstFragmentKind as K;
    let expr = || build::expr(span, ExprKind::Err(guar));
    match kind {
        K::Expr => AstFragment::Expr(expr()),
        K::MethodReceiverExpr => AstFragment::MethodReceiverExpr(expr()),
        K::OptExpr => AstFragment::OptExpr(Some(expr())),
        K::Pat => AstFragment::Pat(build::pat(span, PatKind::Err(guar))),
        K::Ty => AstFragment::Ty(build::ty(span, TyKind::Err(guar))),
        K::Stmts => AstFragment::Stmts(smallvec![Stmt { id: DUMMY_NODE_ID, kind: StmtKind::Expr(expr()), span }]),
        _ => kind.expect_from_annotatables([]),
    }
}
