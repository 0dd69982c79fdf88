//! Substitution: a rule's right side with the matched fragments put in, every other token marked with the expansion (macro
//! hygiene).

use std::rc::Rc;

use ast::token::{Delimiter, IdentIsRaw, InvisibleOrigin, LitKind, Token, TokenKind};
use ast::tokenstream::{Spacing, TokenBuffer, TokenStream, TokenStreamBuilder};
use diagnostics::Diag;
use session::Session;
use span::{ErrorGuaranteed, ExpnId, Ident, Span, Symbol, SyntaxContext, Transparency};

use super::fragment::{Fragment, FragmentKind};
use super::matcher::NamedMatch;
use super::metavar_expr::{ConcatElem, MetaVarExpr};
use super::{KleeneOp, TokenTree};

/// A step of transcription.
#[derive(Debug)]
pub(super) enum Op {
    /// These tokens of the definition, brackets balanced.
    Range(std::ops::Range<usize>),
    Token(Token, Spacing),
    Open(Delimiter, Span, Spacing),
    Close(Span, Spacing),
    MetaVar {
        span: Span,
        name: Ident,
        var: Option<usize>,
    },
    Sequence {
        span: Span,
        op: KleeneOp,
        body: Vec<Op>,
        vars: Vec<(usize, Ident)>,
        separator: Option<Token>,
    },
    Expr {
        span: Span,
        expr: MetaVarExpr,
    },
}

/// A compiled right side.
#[derive(Debug)]
pub(super) struct Body {
    pub ops: Vec<Op>,
    /// What [`Op::Range`]s refer to.
    pub buffer: Rc<TokenBuffer>,
    /// The metavariables of the left side, with their depth.
    pub vars: Vec<(Ident, u32)>,
}

impl Body {
    /// Does it call `compile_error!`?
    pub fn has_compile_error(&self) -> bool {
        fn any(ops: &[Op], buffer: &TokenBuffer) -> bool {
            ops.iter().any(|op| match op {
                Op::Range(range) => range.clone().any(|i| {
                    matches!(buffer.kind(i), TokenKind::Ident(name, _) if name == span::sym::compile_error)
                        && range.contains(&(i + 1))
                        && buffer.kind(i + 1) == TokenKind::Bang
                }),
                Op::Sequence { body, .. } => any(body, buffer),
                Op::Token(..) | Op::Open(..) | Op::Close(..) | Op::MetaVar { .. } | Op::Expr { .. } => false,
            })
        }
        any(&self.ops, &self.buffer)
    }
}

/// Compiles a right side.
pub(super) fn compile(tts: &[TokenTree], buffer: Rc<TokenBuffer>, vars: Vec<(Ident, u32)>) -> Body {
    let mut ops = Vec::new();
    compile_into(tts, &vars, &mut ops);
    Body { ops, buffer, vars }
}

fn find_var(vars: &[(Ident, u32)], name: Ident) -> Option<usize> {
    let name = name.normalize_to_macro_rules();
    vars.iter().position(|(var, _)| var.name == name.name && var.normalize_to_macro_rules() == name)
}

fn compile_into(tts: &[TokenTree], vars: &[(Ident, u32)], ops: &mut Vec<Op>) {
    for tt in tts {
        match tt {
            TokenTree::Token { index: Some(index), .. } => push_range(ops, *index..index + 1),
            TokenTree::Token { token, spacing, index: None } => ops.push(Op::Token(*token, *spacing)),
            TokenTree::Delimited { span, spacing, delim, tts, open_index } => {
                let start = ops.len();
                compile_into(tts, vars, ops);
                let inner = &ops[start..];
                let plain = match inner {
                    [] => tts.is_empty().then(|| open_index + 2),
                    [Op::Range(range)] if range.start == open_index + 1 && only_tokens(tts) => Some(range.end + 1),
                    _ => None,
                };
                match plain {
                    Some(end) => {
                        ops.truncate(start);
                        push_range(ops, *open_index..end);
                    }
                    None => {
                        ops.insert(start, Op::Open(*delim, span.open, spacing.open));
                        ops.push(Op::Close(span.close, spacing.close));
                    }
                }
            }
            TokenTree::MetaVar { span, name } => {
                ops.push(Op::MetaVar { span: *span, name: *name, var: find_var(vars, *name) });
            }
            TokenTree::Sequence { span, seq } => {
                let mut body = Vec::new();
                compile_into(&seq.tts, vars, &mut body);
                let mut used = Vec::new();
                collect_vars(&body, vars, &mut used);
                ops.push(Op::Sequence { span: span.entire(), op: seq.op, body, vars: used, separator: seq.separator });
            }
            TokenTree::MetaVarExpr { span, expr } => ops.push(Op::Expr { span: span.entire(), expr: expr.clone() }),
            TokenTree::MetaVarDecl { .. } => unreachable!("only in matchers"),
        }
    }
}

/// No `$` anywhere in it.
fn only_tokens(tts: &[TokenTree]) -> bool {
    tts.iter().all(|tt| match tt {
        TokenTree::Token { index, .. } => index.is_some(),
        TokenTree::Delimited { tts, .. } => only_tokens(tts),
        _ => false,
    })
}

fn push_range(ops: &mut Vec<Op>, range: std::ops::Range<usize>) {
    match ops.last_mut() {
        Some(Op::Range(last)) if last.end == range.start => last.end = range.end,
        _ => ops.push(Op::Range(range)),
    }
}

fn collect_vars(ops: &[Op], vars: &[(Ident, u32)], used: &mut Vec<(usize, Ident)>) {
    let mut add = |var: usize, name: Ident| {
        if !used.iter().any(|(v, _)| *v == var) {
            used.push((var, name));
        }
    };
    for op in ops {
        match op {
            Op::MetaVar { name, var: Some(var), .. } => add(*var, *name),
            Op::Sequence { vars, .. } => vars.iter().for_each(|(var, name)| add(*var, *name)),
            Op::Expr { expr, .. } => expr.for_each_metavar(|name| {
                if let Some(var) = find_var(vars, name) {
                    add(var, name);
                }
            }),
            Op::Range(_) | Op::Token(..) | Op::Open(..) | Op::Close(..) | Op::MetaVar { var: None, .. } => {}
        }
    }
}

/// Marks spans with an expansion, remembering the last context.
struct Marker {
    expn: ExpnId,
    transparency: Transparency,
    last: (SyntaxContext, SyntaxContext),
}

impl Marker {
    fn new(expn: ExpnId, transparency: Transparency) -> Marker {
        let root = SyntaxContext::root();
        Marker { expn, transparency, last: (root, root.apply_mark(expn, transparency)) }
    }

    #[inline]
    fn mark(&mut self, span: Span) -> Span {
        let ctxt = span.ctxt();
        if ctxt != self.last.0 {
            self.last = (ctxt, ctxt.apply_mark(self.expn, self.transparency));
        }
        span.with_ctxt(self.last.1)
    }
}

/// How many tokens one expansion may make. rustc has no such limit and fails for want of memory; here macros that double
/// what they are given at each step must end with an error, in a page too.
const MAX_TOKENS: usize = 1 << 22;

/// Substitutes `matches`, fragments of `input`, into a body. `call` is the macro call's place.
pub(super) fn transcribe(
    sess: &Session,
    call: Span,
    body: &Body,
    matches: &[NamedMatch],
    input: &TokenStream,
    expn: ExpnId,
    transparency: Transparency,
) -> Result<TokenStream, ErrorGuaranteed> {
    let mut cx = TranscribeCx {
        sess,
        call,
        body,
        matches,
        input: input.buffer(),
        marker: Marker::new(expn, transparency),
        out: TokenStreamBuilder::with_capacity(64),
        repeats: Vec::new(),
    };
    cx.run(&body.ops)?;
    Ok(cx.out.build())
}

struct TranscribeCx<'a> {
    sess: &'a Session,
    call: Span,
    body: &'a Body,
    matches: &'a [NamedMatch],
    input: &'a Rc<TokenBuffer>,
    marker: Marker,
    out: TokenStreamBuilder,
    /// Of each repetition that we are in: the iteration and the number of iterations.
    repeats: Vec<(usize, usize)>,
}

impl<'a> TranscribeCx<'a> {
    fn run(&mut self, ops: &[Op]) -> Result<(), ErrorGuaranteed> {
        for op in ops {
            match op {
                Op::Range(range) => {
                    let marker = &mut self.marker;
                    self.out.push_range_alone(&self.body.buffer, range.clone(), |span| marker.mark(span));
                }
                Op::Token(token, spacing) => {
                    let span = self.marker.mark(token.span);
                    let piece = matches!(token.kind, TokenKind::Gt | TokenKind::Lt | TokenKind::And | TokenKind::Or);
                    self.out.push_token(token.kind, span, if piece { *spacing } else { Spacing::Alone });
                }
                Op::Open(delim, span, spacing) => {
                    let span = self.marker.mark(*span);
                    self.out.open_delim(*delim, span, *spacing);
                }
                Op::Close(span, spacing) => {
                    let span = self.marker.mark(*span);
                    self.out.close_delim(span, *spacing);
                }
                Op::MetaVar { span, name, var: Some(var) } => match self.current(*var) {
                    NamedMatch::Single(fragment) => {
                        let metavar = self.marker.mark(*span);
                        self.push_fragment(fragment, metavar);
                    }
                    NamedMatch::Seq(_) => {
                        return Err(self
                            .sess
                            .dcx
                            .span_err(*span, format!("variable `{name}` is still repeating at this depth")));
                    }
                },
                // Left as it is: it may be for a macro defined in the result.
                Op::MetaVar { span, name, var: None } => {
                    let dollar = self.marker.mark(*span);
                    self.out.push_token(TokenKind::Dollar, dollar, Spacing::JointHidden);
                    let ident = self.marker.mark(name.span);
                    let is_raw = Ident::new(name.name, name.span).is_raw_guess();
                    self.out.push_token(TokenKind::Ident(name.name, is_raw.into()), ident, Spacing::Alone);
                }
                Op::Sequence { span, op, body, vars, separator } => {
                    self.run_sequence(*span, *op, body, vars, separator.as_ref())?;
                }
                Op::Expr { span, expr } => {
                    let result = self.run_expr(*span, expr);
                    result.map_err(Diag::emit)?;
                }
            }
            if self.out.len() > MAX_TOKENS {
                return Err(self.too_large());
            }
        }
        Ok(())
    }

    #[cold]
    fn too_large(&self) -> ErrorGuaranteed {
        self.sess
            .dcx
            .struct_span_err(self.call, "macro expansion is too large")
            .with_note(format!("an expansion is limited to {MAX_TOKENS} tokens"))
            .emit()
    }

    fn run_sequence(
        &mut self,
        span: Span,
        op: KleeneOp,
        body: &[Op],
        vars: &[(usize, Ident)],
        separator: Option<&Token>,
    ) -> Result<(), ErrorGuaranteed> {
        let mut constraint: Option<(usize, Ident)> = None;
        for &(var, name) in vars {
            let NamedMatch::Seq(seq) = self.current(var) else { continue };
            match constraint {
                None => constraint = Some((seq.len(), name)),
                Some((len, _)) if len == seq.len() => {}
                Some((len, first)) => {
                    let times = |n: usize| if n == 1 { "time" } else { "times" };
                    return Err(self.sess.dcx.span_err(
                        span,
                        format!(
                            "meta-variable `{first}` repeats {len} {}, but `{name}` repeats {} {}",
                            times(len),
                            seq.len(),
                            times(seq.len()),
                        ),
                    ));
                }
            }
        }
        let Some((len, _)) = constraint else { return Err(self.no_repeating_var(span, vars)) };
        if len == 0 && op == KleeneOp::OneOrMore {
            return Err(self.sess.dcx.span_err(span, "this must repeat at least once"));
        }
        for i in 0..len {
            self.repeats.push((i, len));
            if i > 0
                && let Some(separator) = separator
            {
                let span = self.marker.mark(separator.span);
                self.out.push_token(separator.kind, span, Spacing::Alone);
            }
            let result = self.run(body);
            self.repeats.pop();
            result?;
        }
        Ok(())
    }

    /// Nothing in the repetition repeats.
    #[cold]
    fn no_repeating_var(&self, span: Span, vars: &[(usize, Ident)]) -> ErrorGuaranteed {
        let mut err = self.sess.dcx.struct_span_err(
            span,
            "attempted to repeat an expression containing no syntax variables matched as repeating at this depth",
        );
        for &(var, name) in vars {
            let declared = self.body.vars[var].0;
            err.span_label(name.span, "argument not found");
            if matches!(self.matches[var], NamedMatch::Single(_)) {
                err.span_label(declared.span, "this similarly named macro metavariable is unrepeatable");
            }
        }
        err.emit()
    }

    /// What a variable is bound to in the current iteration, as deep as it goes.
    fn current(&self, var: usize) -> &'a NamedMatch {
        let mut matched = &self.matches[var];
        for &(index, _) in &self.repeats {
            match matched {
                NamedMatch::Seq(seq) => match seq.get(index) {
                    Some(inner) => matched = inner,
                    None => break,
                },
                NamedMatch::Single(_) => break,
            }
        }
        matched
    }

    fn push_fragment(&mut self, fragment: &Fragment, metavar: Span) {
        let range = fragment.start as usize..fragment.end as usize;
        match fragment.kind {
            FragmentKind::Tokens | FragmentKind::Name if range.len() == 1 => {
                self.input.span(range.start).set_metavar(metavar);
            }
            FragmentKind::Tokens | FragmentKind::Name => {}
            FragmentKind::Nt(_) => fragment.span.set_metavar(metavar),
        }
        match fragment.kind {
            FragmentKind::Tokens => self.out.push_range(self.input, range, |span| span),
            FragmentKind::Name => self.out.push_range_alone(self.input, range, |span| span),
            FragmentKind::Nt(kind) => {
                let span = fragment.span;
                self.out.open_delim(Delimiter::Invisible(InvisibleOrigin::MetaVar(kind)), span, Spacing::Alone);
                self.out.push_range(self.input, range, |span| span);
                self.out.close_delim(span, Spacing::Alone);
            }
        }
    }

    fn run_expr(&mut self, span: Span, expr: &MetaVarExpr) -> Result<(), Diag<'a>> {
        let number = match expr {
            MetaVarExpr::Ignore(name) => {
                self.expect_var(*name)?;
                return Ok(());
            }
            MetaVarExpr::Concat(elems) => return self.concat(span, elems),
            MetaVarExpr::Count(name, depth) => {
                let var = self.expect_var(*name)?;
                self.count(span, var, *depth)?
            }
            MetaVarExpr::Index(depth) => self.repeat_at(*depth, span, "index")?.0,
            MetaVarExpr::Len(depth) => self.repeat_at(*depth, span, "len")?.1,
        };
        let lit = ast::token::Lit::new(LitKind::Integer, Symbol::intern(&number.to_string()), None);
        let span = self.marker.mark(span);
        self.out.push_token(TokenKind::Literal(lit), span, Spacing::Alone);
        Ok(())
    }

    fn expect_var(&self, name: Ident) -> Result<usize, Diag<'a>> {
        find_var(&self.body.vars, name).ok_or_else(|| {
            self.sess
                .dcx
                .struct_span_err(name.span, format!("variable `{name}` is not recognized in meta-variable expression"))
        })
    }

    fn repeat_at(&self, depth: usize, span: Span, name: &str) -> Result<(usize, usize), Diag<'a>> {
        let depth_of = self.repeats.len();
        match depth_of.checked_sub(depth + 1) {
            Some(i) => Ok(self.repeats[i]),
            None => {
                let msg = if depth_of == 0 {
                    format!(
                        "meta-variable expression `{name}` with depth parameter must be called inside of a macro repetition"
                    )
                } else {
                    format!("depth parameter of meta-variable expression `{name}` must be less than {depth_of}")
                };
                Err(self.sess.dcx.struct_span_err(span, msg))
            }
        }
    }

    fn count(&self, span: Span, var: usize, user_depth: usize) -> Result<usize, Diag<'a>> {
        fn depth_of(matched: &NamedMatch) -> usize {
            match matched {
                NamedMatch::Seq(seq) => 1 + seq.first().map_or(0, depth_of),
                NamedMatch::Single(_) => 0,
            }
        }
        fn count_at(matched: &NamedMatch, at: usize, depth_max: usize) -> usize {
            match matched {
                NamedMatch::Single(_) => 1,
                NamedMatch::Seq(seq) if at == depth_max => seq.len(),
                NamedMatch::Seq(seq) => seq.iter().map(|inner| count_at(inner, at + 1, depth_max)).sum(),
            }
        }
        let mut matched = &self.matches[var];
        for &(index, _) in &self.repeats {
            if let NamedMatch::Seq(seq) = matched
                && let Some(inner) = seq.get(index)
            {
                matched = inner;
            }
        }
        let NamedMatch::Seq(_) = matched else {
            return Err(self
                .sess
                .dcx
                .struct_span_err(span, "`count` can not be placed inside the innermost repetition"));
        };
        let depth_max = depth_of(matched);
        if user_depth + 1 > depth_max {
            return Err(self.sess.dcx.struct_span_err(
                span,
                format!("depth parameter of meta-variable expression `count` must be less than {depth_max}"),
            ));
        }
        Ok(count_at(matched, 0, user_depth))
    }

    fn concat(&mut self, span: Span, elems: &[ConcatElem]) -> Result<(), Diag<'a>> {
        let mut name = String::new();
        for elem in elems {
            match elem {
                ConcatElem::Ident(ident) => name.push_str(ident.as_str()),
                ConcatElem::Literal(text) => name.push_str(text.as_str()),
                ConcatElem::Var(var) => {
                    let text = self.concat_var(*var)?;
                    name.push_str(text.as_str());
                }
            }
        }
        let symbol = Symbol::intern(&name);
        let is_ident = name.starts_with(|c: char| c == '_' || c.is_alphabetic())
            && name.chars().all(|c| c == '_' || c.is_alphanumeric());
        if !is_ident {
            return Err(self.sess.dcx.struct_span_err(span, "`${concat(..)}` is not generating a valid identifier"));
        }
        let span = self.marker.mark(span);
        // A keyword is generated as such, not as a raw identifier.
        self.out.push_token(TokenKind::Ident(symbol, IdentIsRaw::No), span, Spacing::Alone);
        Ok(())
    }

    fn concat_var(&self, name: Ident) -> Result<Symbol, Diag<'a>> {
        let var = self.expect_var(name)?;
        let bad = || {
            self.sess
                .dcx
                .struct_span_err(
                    name.span,
                    "metavariables of `${concat(..)}` must be of type `ident`, `literal` or `tt`",
                )
                .with_note("currently only string and integer literals are supported")
        };
        let NamedMatch::Single(fragment) = self.current(var) else {
            return Err(self
                .sess
                .dcx
                .struct_span_err(name.span, format!("variable `{name}` is still repeating at this depth")));
        };
        let single = fragment.end - fragment.start == 1;
        let literal_or_tokens = matches!(
            fragment.kind,
            FragmentKind::Tokens | FragmentKind::Name | FragmentKind::Nt(ast::token::MetaVarKind::Literal)
        );
        if !single || !literal_or_tokens {
            return Err(bad());
        }
        match self.input.kind(fragment.start as usize) {
            TokenKind::Ident(name, IdentIsRaw::No) => Ok(name),
            TokenKind::Ident(_, IdentIsRaw::Yes) => Err(self
                .sess
                .dcx
                .struct_span_err(name.span, "`${concat(..)}` currently does not support raw identifiers")),
            TokenKind::Literal(lit) if matches!(lit.kind, LitKind::Str | LitKind::Integer) && lit.suffix.is_none() => {
                Ok(lit.symbol)
            }
            _ => Err(bad()),
        }
    }
}
