//! Compiling a declarative macro's definition, and expanding its calls.

use ast::attr::find_by_name;
use ast::token::{Delimiter, IdentIsRaw, Token, TokenKind};
use ast::tokenstream::{TokenStream, TokenTree as AstTree, TokenTreeIter};
use ast::{Attribute, NodeId};
use session::{Session, feature_err};
use span::{Edition, ErrorGuaranteed, Ident, Span, Symbol, Transparency, kw, sym};

use super::matcher::{Matched, Matcher, MatcherLoc, NamedMatch, NoopTracker, ParseResult, Tracker, compute_locs};
use super::quoted::{self, RulePart};
use super::transcribe::{self, Body};
use super::{check, diagnostics, doc_comments};
use crate::base::{ExpansionCx, MacResult, MacroKinds, ParserTokens, SyntaxExtension, SyntaxExtensionKind};

/// A compiled declarative macro.
pub struct MacroRulesMacroExpander {
    pub node_id: NodeId,
    pub name: Ident,
    /// Of the definition.
    pub span: Span,
    pub is_macro_rules: bool,
    pub is_local: bool,
    transparency: Transparency,
    kinds: MacroKinds,
    rules: Vec<MacroRule>,
}

/// A compiled matcher.
pub(super) struct CompiledMatcher {
    pub locs: Vec<MatcherLoc>,
    pub num_metavars: usize,
    pub span: Span,
}

pub(super) enum RuleKind {
    /// `(..) => {..}`
    Func(CompiledMatcher),
    /// `attr(..) (..) => {..}`
    Attr { unsafe_rule: bool, args: CompiledMatcher, body: CompiledMatcher },
    /// `derive() (..) => {..}`
    Derive(CompiledMatcher),
}

pub(super) struct MacroRule {
    pub kind: RuleKind,
    pub rhs: Body,
    pub rhs_span: Span,
}

impl MacroRulesMacroExpander {
    /// In which forms it can be called.
    pub fn kinds(&self) -> MacroKinds {
        self.kinds
    }

    pub fn nrules(&self) -> usize {
        self.rules.len()
    }

    pub(super) fn rules(&self) -> &[MacroRule] {
        &self.rules
    }

    /// The place of a rule that was never used, unless it is there only to report an error.
    pub fn get_unused_rule(&self, rule: usize) -> Option<(Ident, Span)> {
        let rule = self.rules.get(rule)?;
        let span = match &rule.kind {
            RuleKind::Func(m) | RuleKind::Derive(m) => m.span,
            RuleKind::Attr { body, .. } => body.span,
        };
        (!rule.rhs.has_compile_error()).then_some((self.name, span))
    }

    /// Expands `m!(input)`.
    pub fn expand_bang(&self, cx: &mut ExpansionCx<'_>, sp: Span, input: &TokenStream) -> MacResult {
        if cx.trace_macros {
            let text = ast::pretty::tts_to_string(input);
            cx.trace(sp, format!("expanding `{}! {{ {text} }}`", self.name));
        }
        let input = doc_comments::desugar(input);
        let mut matcher = Matcher::default();
        for (index, rule) in self.rules.iter().enumerate() {
            let RuleKind::Func(lhs) = &rule.kind else { continue };
            // What a rule that does not match has parsed is no use of unstable syntax.
            let gated = std::mem::take(&mut *cx.sess.gated_spans.borrow_mut());
            let result = matcher.match_rule(cx.sess, &input, &lhs.locs, lhs.num_metavars, &mut NoopTracker);
            let new = std::mem::replace(&mut *cx.sess.gated_spans.borrow_mut(), gated);
            if !matches!(result, ParseResult::Failure { .. }) {
                let mut gated = cx.sess.gated_spans.borrow_mut();
                for (feature, spans) in new {
                    gated.entry(feature).or_default().extend(spans);
                }
            }
            match result {
                ParseResult::Success(Matched { matches, input }) => {
                    return match self.transcribe(cx, sp, index, &matches, &input) {
                        Ok(tokens) => MacResult::Tokens(ParserTokens {
                            tokens,
                            site_span: sp,
                            arm_span: rule.rhs_span,
                            macro_ident: Some(self.name),
                            is_local: self.is_local,
                        }),
                        Err(guar) => MacResult::Dummy(sp, guar),
                    };
                }
                ParseResult::Failure { .. } => {}
                ParseResult::Ambiguity { .. } => break,
                ParseResult::ErrorReported(guar) => return MacResult::Dummy(sp, guar),
            }
        }
        MacResult::Dummy(sp, diagnostics::failed_to_match(cx, sp, self, &input, diagnostics::CallForm::Func))
    }

    /// Expands `#[m(args)] body`.
    pub fn expand_attr(
        &self,
        cx: &mut ExpansionCx<'_>,
        sp: Span,
        safety: ast::Safety,
        args: &TokenStream,
        body: &TokenStream,
    ) -> Result<TokenStream, ErrorGuaranteed> {
        let args = doc_comments::desugar(args);
        let body = doc_comments::desugar(body);
        // The fragments of both must lie in one buffer: the body is matched behind what the arguments became.
        let join = |args: &TokenStream| {
            let mut builder = ast::tokenstream::TokenStreamBuilder::new();
            builder.push_stream(args);
            builder.push_stream(&body);
            builder.build()
        };
        let mut matcher = Matcher::default();
        for (index, rule) in self.rules.iter().enumerate() {
            let RuleKind::Attr { unsafe_rule, args: args_lhs, body: body_lhs } = &rule.kind else { continue };
            let own = join(&args);
            let args = TokenStream::from_range(own.buffer(), 0, args.token_len());
            let Matched { mut matches, input } =
                match matcher.match_rule(cx.sess, &args, &args_lhs.locs, args_lhs.num_metavars, &mut NoopTracker) {
                    ParseResult::Success(matched) => matched,
                    ParseResult::Failure { .. } => continue,
                    ParseResult::Ambiguity { .. } => break,
                    ParseResult::ErrorReported(guar) => return Err(guar),
                };
            let both = join(&input);
            let rest = TokenStream::from_range(both.buffer(), input.token_len(), both.token_len());
            let both = match matcher.match_rule(cx.sess, &rest, &body_lhs.locs, body_lhs.num_metavars, &mut NoopTracker)
            {
                ParseResult::Success(more) => {
                    matches.extend(more.matches);
                    // A split token leaves nothing in front of the body.
                    let mut builder = ast::tokenstream::TokenStreamBuilder::new();
                    builder.push_stream(&input);
                    builder.push_stream(&more.input);
                    builder.build()
                }
                ParseResult::Failure { .. } => continue,
                ParseResult::Ambiguity { .. } => break,
                ParseResult::ErrorReported(guar) => return Err(guar),
            };
            match safety {
                ast::Safety::Unsafe(span) if !unsafe_rule => {
                    cx.sess.dcx.span_err(span, "unnecessary `unsafe` on safe attribute invocation");
                }
                ast::Safety::Default if *unsafe_rule => {
                    cx.sess.dcx.span_err(sp, "unsafe attribute invocation requires `unsafe`");
                }
                _ => {}
            }
            return self.transcribe(cx, sp, index, &matches, &both);
        }
        let form = diagnostics::CallForm::Attr { args: args.clone() };
        Err(diagnostics::failed_to_match(cx, sp, self, &body, form))
    }

    /// Expands `#[derive(m)] body`.
    pub fn expand_derive(
        &self,
        cx: &mut ExpansionCx<'_>,
        sp: Span,
        body: &TokenStream,
    ) -> Result<TokenStream, ErrorGuaranteed> {
        let body = doc_comments::desugar(body);
        let mut matcher = Matcher::default();
        for (index, rule) in self.rules.iter().enumerate() {
            let RuleKind::Derive(lhs) = &rule.kind else { continue };
            match matcher.match_rule(cx.sess, &body, &lhs.locs, lhs.num_metavars, &mut NoopTracker) {
                ParseResult::Success(Matched { matches, input }) => {
                    return self.transcribe(cx, sp, index, &matches, &input);
                }
                ParseResult::Failure { .. } => {}
                ParseResult::Ambiguity { .. } => break,
                ParseResult::ErrorReported(guar) => return Err(guar),
            }
        }
        Err(diagnostics::failed_to_match(cx, sp, self, &body, diagnostics::CallForm::Derive))
    }

    fn transcribe(
        &self,
        cx: &mut ExpansionCx<'_>,
        sp: Span,
        rule: usize,
        matches: &[NamedMatch],
        input: &TokenStream,
    ) -> Result<TokenStream, ErrorGuaranteed> {
        if self.is_local {
            cx.resolver.record_macro_rule_usage(self.node_id, rule);
        }
        let expn = cx.current_expansion.id;
        let tokens =
            transcribe::transcribe(cx.sess, sp, &self.rules[rule].rhs, matches, input, expn, self.transparency)?;
        if cx.trace_macros {
            cx.trace(sp, format!("to `{}`", ast::pretty::tts_to_string(&tokens)));
        }
        Ok(tokens)
    }
}

/// Runs a tracker over all rules of one form; for diagnostics.
pub(super) fn match_rule_tracked(
    sess: &Session,
    lhs: &CompiledMatcher,
    input: &TokenStream,
    tracker: &mut impl Tracker,
) -> ParseResult {
    Matcher::default().match_rule(sess, input, &lhs.locs, lhs.num_metavars, tracker)
}

/// A compiled definition.
pub struct CompiledMacro {
    pub ext: SyntaxExtension,
    pub rule_count: usize,
}

/// Compiles a definition. `edition` is that of the crate that defines it; `node_id` the local definition's node,
/// `DUMMY_NODE_ID` for another crate's.
///
/// What `#[rustc_builtin_macro]` marks has no rules: look it up by [`SyntaxExtension::builtin_name`].
pub fn compile_declarative_macro(
    sess: &Session,
    macro_def: &ast::MacroDef,
    ident: Ident,
    attrs: &[Attribute],
    span: Span,
    node_id: NodeId,
    edition: Edition,
) -> CompiledMacro {
    let mut cx = CompileCx { sess, macro_rules: macro_def.macro_rules, edition, guar: None };
    let is_builtin = find_by_name(attrs, sym::rustc_builtin_macro).is_some();
    let (rules, kinds) =
        if is_builtin { (Vec::new(), MacroKinds::BANG) } else { cx.compile_rules(&macro_def.body.tokens, span) };
    let rule_count = rules.len();
    let kind = match cx.guar {
        Some(guar) => SyntaxExtensionKind::Dummy(guar),
        None => SyntaxExtensionKind::MacroRules(std::rc::Rc::new(MacroRulesMacroExpander {
            node_id,
            name: ident,
            span,
            is_macro_rules: macro_def.macro_rules,
            is_local: node_id != ast::DUMMY_NODE_ID,
            transparency: transparency(attrs, macro_def.macro_rules),
            kinds,
            rules,
        })),
    };
    let mut ext = SyntaxExtension::from_attrs(sess, kind, span, edition, ident.name, attrs);
    ext.node_id = node_id;
    CompiledMacro { ext, rule_count }
}

/// `#[rustc_macro_transparency = ".."]`, or what goes with the keyword.
fn transparency(attrs: &[Attribute], macro_rules: bool) -> Transparency {
    let given = find_by_name(attrs, sym::rustc_macro_transparency).and_then(|attr| attr.value_str());
    match given.as_ref().map(|s| s.as_str()) {
        Some("transparent") => Transparency::Transparent,
        Some("semiopaque" | "semitransparent") => Transparency::SemiOpaque,
        Some("opaque") => Transparency::Opaque,
        _ if macro_rules => Transparency::SemiOpaque,
        _ => Transparency::Opaque,
    }
}

struct CompileCx<'a> {
    sess: &'a Session,
    macro_rules: bool,
    edition: Edition,
    guar: Option<ErrorGuaranteed>,
}

impl CompileCx<'_> {
    fn compile_rules(&mut self, body: &TokenStream, span: Span) -> (Vec<MacroRule>, MacroKinds) {
        let mut rules = Vec::new();
        let mut kinds = MacroKinds::empty();
        let mut iter = body.iter();
        let body_end = body.span().map_or(span, |s| s.shrink_to_hi());
        if body.is_empty() {
            self.guar = Some(self.sess.dcx.span_err(span, "macros must contain at least one rule"));
        }
        while iter.peek().is_some() {
            match self.compile_rule(&mut iter, span, body_end, body) {
                Some((rule, kind)) => {
                    kinds |= kind;
                    rules.push(rule);
                }
                None => break,
            }
            let separator = if self.macro_rules { TokenKind::Semi } else { TokenKind::Comma };
            match iter.peek() {
                None => break,
                Some(AstTree::Token(token, _)) if token.kind == separator => {
                    iter.next();
                }
                Some(other) => {
                    self.expected(separator, Some(&other), span, body_end);
                    break;
                }
            }
        }
        if kinds.is_empty() {
            kinds = MacroKinds::BANG;
        }
        (rules, kinds)
    }

    /// `(matcher) => {body}`; `None` if no rule can be made out.
    fn compile_rule(
        &mut self,
        iter: &mut TokenTreeIter<'_>,
        span: Span,
        body_end: Span,
        whole: &TokenStream,
    ) -> Option<(MacroRule, MacroKinds)> {
        let unsafe_span = self.eat_word(iter, kw::Unsafe);
        let attr_span = if self.macro_rules { self.eat_word(iter, sym::attr) } else { None };
        let derive_span = if self.macro_rules && attr_span.is_none() { self.eat_word(iter, sym::derive) } else { None };
        let mut args = None;
        if let Some(attr_span) = attr_span {
            self.gate(sym::macro_attr, attr_span, "`macro_rules!` attributes are unstable");
            args = Some(self.matcher(iter, "attr", span, body_end)?);
        } else if let Some(derive_span) = derive_span {
            self.gate(sym::macro_derive, derive_span, "`macro_rules!` derives are unstable");
            if let Some(unsafe_span) = unsafe_span {
                self.guar = Some(self.sess.dcx.span_err(unsafe_span, "`unsafe` is only supported on `attr` rules"));
            }
            match iter.next() {
                Some(AstTree::Delimited(_, _, Delimiter::Parenthesis, inner)) if inner.is_empty() => {}
                other => {
                    let sp = other.map_or(body_end, |tree| tree.span());
                    let msg = "`derive` rules do not accept arguments; `derive` must be followed by `()`";
                    self.guar = Some(self.sess.dcx.span_err(sp, msg));
                }
            }
        } else if let Some(unsafe_span) = unsafe_span {
            self.guar = Some(self.sess.dcx.span_err(unsafe_span, "`unsafe` is only supported on `attr` rules"));
        }
        let lhs = self.matcher(iter, "macro", span, body_end)?;
        match iter.peek() {
            Some(AstTree::Token(token, _)) if token.kind == TokenKind::FatArrow => {
                iter.next();
            }
            other => {
                self.expected(TokenKind::FatArrow, other.as_ref(), span, body_end);
                return None;
            }
        }
        let Some(rhs) = iter.next() else {
            let arm = body_end;
            let found = "macro definition ended unexpectedly";
            self.guar = Some(
                self.sess
                    .dcx
                    .struct_span_err(arm, found)
                    .with_span_label(arm, "expected right-hand side of macro rule")
                    .emit(),
            );
            return None;
        };
        let rhs_span = rhs.span();
        let AstTree::Delimited(_, _, Delimiter::Parenthesis | Delimiter::Brace | Delimiter::Bracket, rhs_tokens) = &rhs
        else {
            self.guar = Some(self.sess.dcx.span_err(rhs_span, "macro rhs must be delimited"));
            return self.skip_rule();
        };
        let rhs_tts = quoted::parse(self.sess, rhs_tokens, RulePart::Body, self.edition);
        let mut vars = Vec::new();
        let args = args.map(|(tts, span)| self.compile_matcher(&tts, span, &mut vars));
        let lhs = self.compile_matcher(&lhs.0, lhs.1, &mut vars);
        let (kind, kinds) = match args {
            Some(args) => (RuleKind::Attr { unsafe_rule: unsafe_span.is_some(), args, body: lhs }, MacroKinds::ATTR),
            None if derive_span.is_some() => (RuleKind::Derive(lhs), MacroKinds::DERIVE),
            None => (RuleKind::Func(lhs), MacroKinds::BANG),
        };
        let rhs = transcribe::compile(&rhs_tts, whole.buffer().clone(), vars);
        Some((MacroRule { kind, rhs, rhs_span }, kinds))
    }

    /// What stands for a rule that was reported.
    fn skip_rule(&self) -> Option<(MacroRule, MacroKinds)> {
        let (locs, _) = compute_locs(&[]);
        let lhs = CompiledMatcher { locs, num_metavars: 0, span: span::DUMMY_SP };
        let rhs = transcribe::compile(&[], Default::default(), Vec::new());
        Some((MacroRule { kind: RuleKind::Func(lhs), rhs, rhs_span: span::DUMMY_SP }, MacroKinds::BANG))
    }

    fn gate(&self, feature: Symbol, span: Span, message: &str) {
        if !self.sess.feature(feature) {
            feature_err(self.sess, feature, span, message).emit();
        }
    }

    fn eat_word(&self, iter: &mut TokenTreeIter<'_>, word: Symbol) -> Option<Span> {
        match iter.peek() {
            Some(AstTree::Token(Token { kind: TokenKind::Ident(name, IdentIsRaw::No), span }, _)) if name == word => {
                iter.next();
                Some(span)
            }
            _ => None,
        }
    }

    /// Reads and checks a left side.
    fn matcher(
        &mut self,
        iter: &mut TokenTreeIter<'_>,
        what: &str,
        span: Span,
        body_end: Span,
    ) -> Option<(Vec<super::TokenTree>, Span)> {
        let Some(lhs) = iter.next() else {
            self.expected(TokenKind::OpenParen, None, span, body_end);
            return None;
        };
        let lhs_span = lhs.span();
        let tts = match &lhs {
            AstTree::Delimited(
                dspan,
                _,
                delim @ (Delimiter::Parenthesis | Delimiter::Brace | Delimiter::Bracket),
                inner,
            ) => {
                if what == "attr" && *delim != Delimiter::Parenthesis {
                    let msg = "attribute macro matcher delimiters must be parentheses";
                    self.guar = Some(self.sess.dcx.span_err(dspan.entire(), msg));
                }
                quoted::parse(self.sess, inner, RulePart::Pattern, self.edition)
            }
            _ => {
                let msg = format!("invalid {what} matcher; matchers must be contained in balanced delimiters");
                self.guar = Some(self.sess.dcx.span_err(lhs_span, msg));
                Vec::new()
            }
        };
        for result in [check::check_lhs(self.sess, &tts), check::check_binders(self.sess, &tts)] {
            if let Err(guar) = result {
                self.guar = Some(guar);
            }
        }
        Some((tts, lhs_span))
    }

    fn compile_matcher(
        &mut self,
        tts: &[super::TokenTree],
        span: Span,
        vars: &mut Vec<(Ident, u32)>,
    ) -> CompiledMatcher {
        let (locs, names) = compute_locs(tts);
        let num_metavars = names.len();
        vars.extend(names);
        CompiledMatcher { locs, num_metavars, span }
    }

    fn expected(&mut self, kind: TokenKind, found: Option<&AstTree>, span: Span, body_end: Span) {
        let expected = ast::pretty::token_kind_to_string(kind);
        let (sp, found) = match found {
            None => (if body_end.is_dummy() { span } else { body_end }, "end of macro arguments".to_string()),
            Some(AstTree::Token(token, _)) => (token.span, diagnostics::token_descr(token)),
            Some(AstTree::Delimited(dspan, _, delim, _)) => {
                (dspan.open, diagnostics::token_descr(&Token::new(delim.as_open_token_kind(), dspan.open)))
            }
        };
        self.guar = Some(
            self.sess
                .dcx
                .struct_span_err(sp, format!("expected `{expected}`, found {found}"))
                .with_span_label(sp, format!("expected `{expected}`"))
                .emit(),
        );
    }
}
