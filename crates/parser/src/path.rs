//! Paths and generic arguments.
//!
//! ```text
//! path: `::`? segment (`::` segment)*
//! qpath: `<` type (`as` path)? `>` (`::` segment)+
//! segment: ident (`::`? (`<` args `>` | `(` types `)` (`->` type)?))?
//! ```

use ast::token::{MetaVarKind, Token, TokenKind};
use ast::{
    AngleBracketedArg, AngleBracketedArgs, AnonConst, AssocItemConstraint, AssocItemConstraintKind, BlockCheckMode,
    DUMMY_NODE_ID, ExprKind, GenericArg, GenericArgs, Generics, P, ParenthesizedArgs, Path, PathSegment, QSelf, Term,
    TyKind,
};
use diagnostics::Applicability;
use span::{Ident, Span};
use thin_vec::ThinVec;

use crate::parser::{PResult, Parser, Restrictions, push_tight};
use crate::token_type::TokenType as T;
use crate::ty::{AllowPlus, RecoverQPath, RecoverReturnSign};

/// Where a path stands, which decides how generic arguments are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PathStyle {
    /// Only with `::` before `<`.
    Expr,
    /// As in expressions.
    Pat,
    /// With or without `::`.
    Type,
    /// Without arguments: imports, visibilities, macros.
    Mod,
}

fn is_args_start(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Lt | TokenKind::Shl | TokenKind::OpenParen | TokenKind::LArrow)
}

impl<'a> Parser<'a> {
    /// `<T as U>::A`, the `<` is read.
    pub(crate) fn parse_qpath(&mut self, style: PathStyle) -> PResult<'a, (P<QSelf>, Path)> {
        let lo = self.prev_token.span;
        let ty = self.parse_ty()?;
        let path_span;
        let mut path;
        if self.eat(T::KwAs) {
            let path_lo = self.token.span;
            path = self.parse_path(PathStyle::Type)?;
            path_span = path_lo.to(self.prev_token.span);
        } else {
            path_span = self.token.span.to(self.token.span);
            path = Path { segments: ThinVec::new(), span: path_span };
        }
        self.expect_gt()?;
        let position = path.segments.len();
        let qself = P(QSelf { ty, path_span, position });
        if !self.is_import_coupler() {
            self.expect_path_sep(&path, path_span)?;
            self.parse_path_segments(&mut path.segments, style, None)?;
        }
        path.span = lo.to(self.prev_token.span);
        Ok((qself, path))
    }

    fn expect_path_sep(&mut self, _path: &Path, _path_span: Span) -> PResult<'a, ()> {
        if self.eat(T::PathSep) {
            return Ok(());
        }
        // `<T>:Assoc`
        if self.is(T::Colon) && self.look_ahead(1, |t| t.is_non_reserved_ident()) && self.may_recover() {
            self.bump();
            let span = self.prev_token.span;
            let mut err = self.dcx().struct_span_err(span, "found single colon where type path was expected");
            err.span_suggestion_verbose(
                span,
                "if you meant to write a path, use a double colon:",
                "::",
                Applicability::MaybeIncorrect,
            );
            self.report(err);
            return Ok(());
        }
        self.expect(T::PathSep).map(|_| ())
    }

    /// A path without `<T as U>` at its beginning.
    pub fn parse_path(&mut self, style: PathStyle) -> PResult<'a, Path> {
        self.parse_path_inner(style, None)
    }

    pub(crate) fn parse_path_inner(&mut self, style: PathStyle, ty_generics: Option<&Generics>) -> PResult<'a, Path> {
        match self.metavar() {
            Some(MetaVarKind::Path) => {
                let path = self.in_metavar(|this| this.parse_path_inner(PathStyle::Type, None))?;
                return Ok(self.reject_generics_if_mod_style(style, path));
            }
            Some(MetaVarKind::Ty { is_path: true }) if style != PathStyle::Mod => {
                let ty = self.in_metavar(|this| this.parse_ty_no_question_mark_recover())?;
                if let TyKind::Path(None, path) = ty.kind {
                    return Ok(path);
                }
                return self.unexpected();
            }
            Some(MetaVarKind::Ty { is_path: true }) => {
                let ty = self.in_metavar(|this| this.parse_ty_no_question_mark_recover())?;
                if let TyKind::Path(None, path) = ty.kind {
                    return Ok(self.reject_generics_if_mod_style(style, path));
                }
                return self.unexpected();
            }
            Some(MetaVarKind::Meta { .. }) if style == PathStyle::Mod => {
                let item = self.in_metavar(Self::parse_attr_item)?;
                return Ok(item.path);
            }
            _ => {}
        }
        let lo = self.token.span;
        let mut segments = ThinVec::new();
        if self.eat_path_sep() {
            segments.push(PathSegment::path_root(lo.shrink_to_lo()));
        }
        self.parse_path_segments(&mut segments, style, ty_generics)?;
        Ok(Path { segments, span: lo.to(self.prev_token.span) })
    }

    fn reject_generics_if_mod_style(&mut self, style: PathStyle, path: Path) -> Path {
        if style == PathStyle::Mod && path.segments.iter().any(|segment| segment.args.is_some()) {
            let spans: Vec<Span> =
                path.segments.iter().filter_map(|segment| segment.args.as_ref()).map(|args| args.span()).collect();
            let err = self.dcx().struct_span_err(spans, "unexpected generic arguments in path");
            self.report(err);
            let segments = path.segments.iter().map(|segment| PathSegment { args: None, ..segment.clone() }).collect();
            return Path { segments, ..path };
        }
        path
    }

    #[inline]
    pub(crate) fn eat_path_sep(&mut self) -> bool {
        self.eat(T::PathSep)
    }

    /// `::` before `*` or `{`
    pub(crate) fn is_import_coupler(&mut self) -> bool {
        self.check(T::PathSep) && matches!(self.look_kind(1), TokenKind::Star | TokenKind::OpenBrace)
    }

    pub(crate) fn parse_path_segments(
        &mut self,
        segments: &mut ThinVec<PathSegment>,
        style: PathStyle,
        ty_generics: Option<&Generics>,
    ) -> PResult<'a, ()> {
        loop {
            let segment = self.parse_path_segment(style, ty_generics)?;
            if style == PathStyle::Expr {
                self.check_trailing_angle_brackets(&segment, &[TokenKind::PathSep]);
            }
            push_tight(segments, segment);
            if self.is_import_coupler() || !self.eat_path_sep() {
                if style == PathStyle::Expr
                    && self.may_recover()
                    && self.token.kind == TokenKind::Colon
                    && self.look_ahead(1, |t| t.is_ident() && !t.is_reserved_ident())
                    && self.prev_token.span.hi() == self.token.span.lo()
                    && self.look_ahead(1, |t| self.token.span.hi() == t.span.lo())
                    && !self.restrictions.contains(Restrictions::IN_IF_GUARD)
                    && self.path_colon_recovery_fits(segments)
                {
                    let span = self.token.span;
                    self.bump();
                    let mut err = self.dcx().struct_span_err(span, "path separator must be a double colon");
                    err.span_suggestion_verbose(
                        span.shrink_to_hi(),
                        "use a double colon instead",
                        ":",
                        Applicability::MachineApplicable,
                    );
                    self.report(err);
                    continue;
                }
                return Ok(());
            }
        }
    }

    /// `std:fs::read()`: a second `::` behind makes it certain.
    fn path_colon_recovery_fits(&self, segments: &[PathSegment]) -> bool {
        segments.len() > 1 && self.look_kind(2) == TokenKind::OpenParen || self.look_kind(2) == TokenKind::PathSep
    }

    pub(crate) fn parse_path_segment(
        &mut self,
        style: PathStyle,
        ty_generics: Option<&Generics>,
    ) -> PResult<'a, PathSegment> {
        let ident = self.parse_path_segment_ident()?;
        let has_args = match style {
            PathStyle::Mod => false,
            PathStyle::Type if self.check_args_start() => true,
            _ => self.check(T::PathSep) && self.look_ahead(1, is_args_start),
        };
        if !has_args {
            return Ok(PathSegment::from_ident(ident));
        }
        if style == PathStyle::Expr {
            self.unmatched_angle_bracket_count = 0;
        }
        self.eat_path_sep();
        let args = self.parse_generic_args(style, ty_generics)?;
        Ok(PathSegment { ident, args: Some(P(args)), id: DUMMY_NODE_ID })
    }

    fn check_args_start(&mut self) -> bool {
        self.expected.insert(T::Lt);
        self.expected.insert(T::OpenParen);
        is_args_start(&self.token)
    }

    fn parse_generic_args(&mut self, style: PathStyle, ty_generics: Option<&Generics>) -> PResult<'a, GenericArgs> {
        let lo = self.token.span;
        if self.eat_lt() {
            let args = self.parse_angle_args_or_leading_brackets(style, lo, ty_generics)?;
            if let Err(err) = self.expect_gt() {
                return Err(self.angle_args_error(err, style, lo, &args));
            }
            let span = lo.to(self.prev_token.span);
            return Ok(GenericArgs::AngleBracketed(AngleBracketedArgs { args, span }));
        }
        if self.token.kind == TokenKind::OpenParen
            && self.look_kind(1) == TokenKind::DotDot
            && self.look_kind(2) == TokenKind::CloseParen
        {
            self.bump();
            self.bump();
            self.bump();
            let span = lo.to(self.prev_token.span);
            self.gate(span::sym::return_type_notation, span);
            return Ok(GenericArgs::ParenthesizedElided(span));
        }
        let (inputs, _) = self.parse_paren_comma_seq(|p| p.parse_ty())?;
        let inputs_span = lo.to(self.prev_token.span);
        let output = self.parse_ret_ty(AllowPlus::No, RecoverQPath::No, RecoverReturnSign::No)?;
        let span = lo.to(self.prev_token.span);
        Ok(GenericArgs::Parenthesized(ParenthesizedArgs { span, inputs, inputs_span, output }))
    }

    /// `foo::<<<T>`: with too many `<` at the beginning, parses behind them.
    fn parse_angle_args_or_leading_brackets(
        &mut self,
        style: PathStyle,
        lo: Span,
        ty_generics: Option<&Generics>,
    ) -> PResult<'a, ThinVec<AngleBracketedArg>> {
        let many = self.token.kind == TokenKind::Shl
            || self.token.kind == TokenKind::Lt && matches!(self.look_kind(1), TokenKind::Lt | TokenKind::Shl);
        if style != PathStyle::Expr || !self.may_recover() || !(many || self.token.kind == TokenKind::Lt) {
            return self.parse_angle_args(ty_generics);
        }
        let snapshot = self.clone();
        let mut first = self.clone();
        first.recovery = false;
        let error = match first.parse_angle_args(ty_generics) {
            Ok(args) if first.check_or_split(T::Gt) || !many => {
                first.recovery = self.recovery;
                *self = first;
                return Ok(args);
            }
            Ok(_) => None,
            Err(err) => {
                err.cancel();
                Some(())
            }
        };
        let _ = error;
        // Without 1, 2.. of the brackets.
        for left_out in 1..10 {
            let mut attempt = snapshot.clone();
            attempt.recovery = false;
            if !(0..left_out).all(|_| attempt.eat_split(T::Lt)) {
                break;
            }
            let span = lo.to(attempt.prev_token.span);
            match attempt.parse_angle_args(ty_generics) {
                Ok(args) if attempt.check_or_split(T::Gt) => {
                    attempt.recovery = self.recovery;
                    *self = attempt;
                    let span = span.with_hi(span.lo() + span::BytePos(left_out));
                    self.report_unmatched_angle_brackets(span, left_out as usize);
                    return Ok(args);
                }
                Ok(_) => {}
                Err(err) => err.cancel(),
            }
        }
        *self = snapshot;
        self.parse_angle_args(ty_generics)
    }

    pub(crate) fn parse_path_segment_ident(&mut self) -> PResult<'a, Ident> {
        match self.token.ident() {
            Some((ident, ast::token::IdentIsRaw::No)) if ident.is_path_segment_keyword() => {
                self.bump();
                Ok(ident)
            }
            _ => self.parse_ident(),
        }
    }

    /// What stands between `<` and `>`.
    pub(crate) fn parse_angle_args(
        &mut self,
        ty_generics: Option<&Generics>,
    ) -> PResult<'a, ThinVec<AngleBracketedArg>> {
        let mut args = ThinVec::new();
        while let Some(arg) = self.deeper(|this| this.parse_angle_arg(ty_generics))? {
            push_tight(&mut args, arg);
            if !self.eat(T::Comma) {
                if self.may_recover() && self.is(T::Semi) && self.look_ahead(1, |t| t.is_ident() || t.is_lifetime()) {
                    // `Foo<A; B>`
                    self.check(T::Gt);
                    let err = self.expected_error();
                    let span = self.token.span;
                    let err = err.with_span_suggestion_verbose(
                        span,
                        "use a comma to separate type parameters",
                        ",",
                        Applicability::MachineApplicable,
                    );
                    self.report(err);
                    self.bump();
                    continue;
                }
                break;
            }
        }
        Ok(args)
    }

    fn parse_angle_arg(&mut self, ty_generics: Option<&Generics>) -> PResult<'a, Option<AngleBracketedArg>> {
        let lo = self.token.span;
        let Some(arg) = self.parse_generic_arg(ty_generics)? else {
            return Ok(None);
        };
        let separated = matches!(self.token.kind, TokenKind::Colon | TokenKind::Eq);
        if separated && (self.check(T::Colon) | self.check(T::Eq)) {
            let arg_span = arg.span();
            let (ident, gen_args) = match self.ident_of_generic_arg(&arg) {
                Some(found) => found,
                None => return Err(self.bad_constraint(arg_span)),
            };
            let kind = if self.eat(T::Colon) {
                AssocItemConstraintKind::Bound { bounds: self.parse_generic_bounds()? }
            } else {
                self.bump();
                self.parse_assoc_equality_term(ident)?
            };
            let span = lo.to(self.prev_token.span);
            if matches!(gen_args, Some(GenericArgs::Parenthesized(..))) {
                self.gate(span::sym::return_type_notation, span);
            }
            let constraint = AssocItemConstraint { id: DUMMY_NODE_ID, ident, gen_args, kind, span };
            return Ok(Some(AngleBracketedArg::Constraint(constraint)));
        }
        if self.prev_token.is_ident() && (self.token.is_ident() || self.look_ahead(1, |t| t.is_ident())) {
            self.check(T::Colon);
            self.check(T::Eq);
        }
        Ok(Some(AngleBracketedArg::Arg(arg)))
    }

    fn bad_constraint(&mut self, arg_span: Span) -> diagnostics::Diag<'a> {
        // `Foo<fn() = u8>`
        let err = self.expected_error_for_constraint();
        err.with_span_label(arg_span, "associated type names must be identifiers")
    }

    /// `ident` or `ident<args>`: the name of an associated item.
    fn ident_of_generic_arg(&self, arg: &GenericArg) -> Option<(Ident, Option<GenericArgs>)> {
        let GenericArg::Type(ty) = arg else {
            return None;
        };
        if let TyKind::Path(None, path) = &ty.kind
            && let [segment] = path.segments.as_slice()
        {
            return Some((segment.ident, segment.args.as_deref().cloned()));
        }
        None
    }

    /// What follows `Assoc =`.
    fn parse_assoc_equality_term(&mut self, ident: Ident) -> PResult<'a, AssocItemConstraintKind> {
        let prev = self.prev_token.span;
        let span = ident.span.to(prev);
        let term = match self.parse_generic_arg(None)? {
            Some(GenericArg::Type(ty)) => Term::Ty(ty),
            Some(GenericArg::Const(ct)) => {
                self.gate(span::sym::associated_const_equality, ident.span.to(ct.value.span));
                Term::Const(ct)
            }
            Some(GenericArg::Lifetime(lt)) => {
                let mut err = self.dcx().struct_span_err(lt.ident.span, "lifetimes are not permitted in this context");
                err.span_label(lt.ident.span, "lifetime is not allowed here");
                err.span_label(span, "this introduces an associated item binding");
                err.help("if you meant to specify a trait object, write `dyn /* Trait */ + lifetime`");
                let guar = self.report(err);
                Term::Ty(self.mk_ty(lt.ident.span, TyKind::Err(guar)))
            }
            None => {
                let after_eq = prev.shrink_to_hi();
                let mut err = self
                    .dcx()
                    .struct_span_err(after_eq.to(self.token.span.shrink_to_lo()), "missing type to the right of `=`");
                if matches!(self.token.kind, TokenKind::Comma | TokenKind::Gt | TokenKind::Shr) {
                    err.span_suggestion(
                        after_eq,
                        "to constrain the associated type, add a type after `=`",
                        " TheType",
                        Applicability::HasPlaceholders,
                    );
                    err.span_suggestion(
                        prev,
                        format!("remove the `=` if `{ident}` is a type"),
                        "",
                        Applicability::MaybeIncorrect,
                    );
                }
                return Err(err);
            }
        };
        Ok(AssocItemConstraintKind::Equality { term })
    }

    /// `{ expr }`, a literal, `-` and a literal.
    pub(crate) fn check_const_arg(&mut self) -> bool {
        let is = self.token.can_begin_const_arg();
        if !is {
            self.expected.insert(T::Const);
        }
        is || self.check_inline_const(0)
    }

    pub(crate) fn parse_const_arg(&mut self) -> PResult<'a, AnonConst> {
        let value = if self.token.kind == TokenKind::OpenBrace {
            self.parse_expr_block(None, self.token.span, BlockCheckMode::Default)?
        } else if self.check_inline_const(0) {
            let lo = self.token.span;
            self.parse_const_block(lo)?
        } else {
            self.parse_unambiguous_unbraced_const_arg()?
        };
        Ok(AnonConst { id: DUMMY_NODE_ID, value })
    }

    fn parse_unambiguous_unbraced_const_arg(&mut self) -> PResult<'a, P<ast::Expr>> {
        let start = self.token.span;
        if let Some(MetaVarKind::Block) = self.metavar() {
            return self.parse_expr_bottom();
        }
        let _ = start;
        let attrs = self.parse_outer_attributes()?;
        let expr = self
            .with_res(Restrictions::CONST_EXPR, |this| this.parse_expr_assoc_with(std::ops::Bound::Unbounded, attrs))?;
        if expr_is_valid_const_arg(&expr) {
            return Ok(expr);
        }
        let guar = self.const_arg_needs_braces(expr.span);
        Ok(self.mk_expr(expr.span, ExprKind::Err(guar)))
    }

    pub(crate) fn const_arg_needs_braces(&mut self, span: Span) -> diagnostics::ErrorGuaranteed {
        let mut err = self
            .dcx()
            .struct_span_err(span, "expressions must be enclosed in braces to be used as const generic arguments");
        err.multipart_suggestion(
            "enclose the `const` expression in braces",
            vec![(span.shrink_to_lo(), "{ ".to_string()), (span.shrink_to_hi(), " }".to_string())],
            Applicability::MaybeIncorrect,
        );
        self.report(err)
    }

    /// `'a`, a type or a constant; `None` if none begins here.
    pub(crate) fn parse_generic_arg(&mut self, _ty_generics: Option<&Generics>) -> PResult<'a, Option<GenericArg>> {
        if matches!(self.token.kind, TokenKind::Pound)
            && self.look_kind(1) == TokenKind::OpenBracket
            && self.may_recover()
        {
            let lo = self.token.span;
            self.parse_outer_attributes()?;
            let err = self
                .dcx()
                .struct_span_err(lo.to(self.prev_token.span), "attributes are not allowed in generic arguments");
            self.report(err);
        }
        if self.check_lifetime() && self.look_ahead(1, |t| !t.is_like_plus()) {
            return Ok(Some(GenericArg::Lifetime(self.expect_lifetime())));
        }
        if self.check_const_arg() {
            return Ok(Some(GenericArg::Const(self.parse_const_arg()?)));
        }
        let start = self.token.span;
        if self.check_type() {
            let snapshot = self.may_recover().then(|| self.clone());
            return match self.parse_ty() {
                Ok(ty) => {
                    if let Some(snapshot) = snapshot
                        && self.type_is_rather_const(&ty)
                        && let Some(arg) = self.retry_const_arg(snapshot, start)
                    {
                        return Ok(Some(arg));
                    }
                    Ok(Some(GenericArg::Type(ty)))
                }
                Err(err) => match snapshot.and_then(|snapshot| self.retry_const_arg(snapshot, start)) {
                    Some(arg) => {
                        err.cancel();
                        Ok(Some(arg))
                    }
                    None => Err(err),
                },
            };
        }
        if self.at_close()
            || matches!(
                self.token.kind,
                TokenKind::Gt | TokenKind::Ge | TokenKind::Shr | TokenKind::ShrEq | TokenKind::Comma
            )
        {
            return Ok(None);
        }
        if self.token.is_keyword(span::kw::Const) && self.may_recover() {
            return self.recover_const_param_declaration();
        }
        if !self.may_recover() {
            return Ok(None);
        }
        // An expression that needs braces?
        let snapshot = self.clone();
        let result = self.with_res(Restrictions::CONST_EXPR, |this| this.parse_expr_assoc_top());
        match result {
            Ok(expr)
                if matches!(self.token.kind, TokenKind::Comma | TokenKind::Gt | TokenKind::Shr | TokenKind::Ge) =>
            {
                let err = self
                    .dcx()
                    .struct_span_err(expr.span, "invalid const generic expression")
                    .with_multipart_suggestion(
                        "expressions must be enclosed in braces to be used as const generic arguments",
                        vec![
                            (expr.span.shrink_to_lo(), "{ ".to_string()),
                            (expr.span.shrink_to_hi(), " }".to_string()),
                        ],
                        Applicability::MaybeIncorrect,
                    );
                let guar = self.report(err);
                let value = self.mk_expr(expr.span, ExprKind::Err(guar));
                Ok(Some(GenericArg::Const(AnonConst { id: DUMMY_NODE_ID, value })))
            }
            Ok(_) => {
                *self = snapshot;
                Ok(None)
            }
            Err(err) => {
                err.cancel();
                *self = snapshot;
                Ok(None)
            }
        }
    }

    /// `S<const N: usize>` where arguments stand.
    fn recover_const_param_declaration(&mut self) -> PResult<'a, Option<GenericArg>> {
        let lo = self.token.span;
        let snapshot = self.clone();
        match self.parse_generic_params() {
            Ok(params) if !params.is_empty() => {
                let span = params[0].span();
                let err = self
                    .dcx()
                    .struct_span_err(lo.to(span), "unexpected `const` parameter declaration")
                    .with_span_label(lo.to(span), "expected a `const` expression, not a parameter declaration");
                let guar = self.report(err);
                let value = self.mk_expr(lo.to(span), ExprKind::Err(guar));
                Ok(Some(GenericArg::Const(AnonConst { id: DUMMY_NODE_ID, value })))
            }
            Ok(_) => {
                *self = snapshot;
                Ok(None)
            }
            Err(err) => {
                err.cancel();
                *self = snapshot;
                self.unexpected()
            }
        }
    }

    /// A type was parsed, but an operator follows that no type may have behind it.
    fn type_is_rather_const(&self, ty: &ast::Ty) -> bool {
        matches!(ty.kind, TyKind::Path(..) | TyKind::Tup(_) | TyKind::Paren(_))
            && (matches!(
                self.token.kind,
                TokenKind::Minus
                    | TokenKind::Star
                    | TokenKind::Slash
                    | TokenKind::Percent
                    | TokenKind::And
                    | TokenKind::AndAnd
                    | TokenKind::Or
                    | TokenKind::OrOr
                    | TokenKind::Caret
                    | TokenKind::EqEq
                    | TokenKind::Ne
                    | TokenKind::Dot
                    | TokenKind::Shl
            ) || self.token.is_keyword(span::kw::As))
            || matches!(&ty.kind, TyKind::TraitObject(bounds, ast::TraitObjectSyntax::None) if bounds.len() > 1)
                && matches!(self.token.kind, TokenKind::Minus | TokenKind::Star | TokenKind::Slash)
    }

    /// Parses from `snapshot` as an expression; if that reaches the end of the argument, braces are missing.
    fn retry_const_arg(&mut self, snapshot: Parser<'a>, start: Span) -> Option<GenericArg> {
        let mut attempt = snapshot;
        attempt.recovery = false;
        match attempt.with_res(Restrictions::CONST_EXPR, |this| this.parse_expr_assoc_top()) {
            Ok(expr)
                if matches!(
                    attempt.token.kind,
                    TokenKind::Comma | TokenKind::Gt | TokenKind::Shr | TokenKind::Ge | TokenKind::ShrEq
                ) && !matches!(expr.kind, ExprKind::Path(..)) =>
            {
                attempt.recovery = self.recovery;
                *self = attempt;
                let span = start.to(expr.span);
                let guar = self.const_arg_needs_braces(span);
                let value = self.mk_expr(span, ExprKind::Err(guar));
                Some(GenericArg::Const(AnonConst { id: DUMMY_NODE_ID, value }))
            }
            Ok(_) => None,
            Err(err) => {
                err.cancel();
                None
            }
        }
    }
}

/// Needs no braces as a const argument.
fn expr_is_valid_const_arg(expr: &ast::Expr) -> bool {
    match &expr.kind {
        ExprKind::Block(_, _) | ExprKind::Lit(_) | ExprKind::ConstBlock(_) | ExprKind::Err(_) => true,
        ExprKind::Unary(ast::UnOp::Neg, e) => matches!(e.kind, ExprKind::Lit(_)),
        // One name: a const parameter.
        ExprKind::Path(None, path) => matches!(path.segments.as_slice(), [segment] if segment.args.is_none()),
        ExprKind::MacCall(_) => true,
        _ => false,
    }
}
