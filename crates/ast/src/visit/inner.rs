//! The walk of both visitors below items: paths, bounds, types, patterns, statements, expressions. See `walkers.rs`.

/// `inner_walkers!(Visitor, ..)`: as `node_walkers!`.
macro_rules! inner_walkers {
    ($Visitor:ident, [$($lt:lifetime)?], $flt:lifetime, [$($mut:ident)?]) => {
        pub fn walk_trait_ref<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, r: &$($lt)? $($mut)? TraitRef) {
            let TraitRef { path, ref_id } = r;
            vis.visit_id(ref_id);
            vis.visit_path(path);
        }

        pub fn walk_poly_trait_ref<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            p: &$($lt)? $($mut)? PolyTraitRef,
        ) {
            let PolyTraitRef { bound_generic_params, modifiers, trait_ref, span, parens: _ } = p;
            let TraitBoundModifiers { constness, asyncness, polarity } = modifiers;
            match constness {
                BoundConstness::Never => {}
                BoundConstness::Always(span) | BoundConstness::Maybe(span) => vis.visit_span(span),
            }
            match asyncness {
                BoundAsyncness::Normal => {}
                BoundAsyncness::Async(span) => vis.visit_span(span),
            }
            match polarity {
                BoundPolarity::Positive => {}
                BoundPolarity::Negative(span) | BoundPolarity::Maybe(span) => vis.visit_span(span),
            }
            vis.visit_generic_params(bound_generic_params);
            vis.visit_trait_ref(trait_ref);
            vis.visit_span(span);
        }

        pub fn walk_param_bound<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            bound: &$($lt)? $($mut)? GenericBound,
        ) {
            match bound {
                GenericBound::Trait(trait_ref) => vis.visit_poly_trait_ref(trait_ref),
                GenericBound::Outlives(lifetime) => vis.visit_lifetime(lifetime, LifetimeCtxt::Bound),
                GenericBound::Use(args, span) => {
                    for arg in args {
                        vis.visit_precise_capturing_arg(arg);
                    }
                    vis.visit_span(span);
                }
            }
        }

        fn walk_bounds<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            bounds: &$($lt)? $($mut)? GenericBounds,
            kind: BoundKind,
        ) {
            for bound in bounds {
                vis.visit_param_bound(bound, kind);
            }
        }

        pub fn walk_precise_capturing_arg<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            arg: &$($lt)? $($mut)? PreciseCapturingArg,
        ) {
            match arg {
                PreciseCapturingArg::Lifetime(lifetime) => vis.visit_lifetime(lifetime, LifetimeCtxt::GenericArg),
                PreciseCapturingArg::Arg(path, id) => {
                    vis.visit_id(id);
                    vis.visit_path(path);
                }
            }
        }

        pub fn walk_generics<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, generics: &$($lt)? $($mut)? Generics) {
            let Generics { params, where_clause, span } = generics;
            vis.visit_generic_params(params);
            walk_where_clause(vis, where_clause);
            vis.visit_span(span);
        }

        fn walk_where_clause<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            clause: &$($lt)? $($mut)? WhereClause,
        ) {
            let WhereClause { has_where_token: _, predicates, span } = clause;
            vis.visit_where_predicates(predicates);
            vis.visit_span(span);
        }

        pub fn walk_generic_param<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            param: &$($lt)? $($mut)? GenericParam,
        ) {
            let GenericParam { id, ident, attrs, bounds, is_placeholder: _, kind, colon_span } = param;
            vis.visit_id(id);
            vis.visit_attrs(attrs);
            vis.visit_ident(ident);
            walk_bounds(vis, bounds, BoundKind::Bound);
            match kind {
                GenericParamKind::Lifetime | GenericParamKind::Type { default: None } => {}
                GenericParamKind::Type { default: Some(ty) } => vis.visit_ty(ty),
                GenericParamKind::Const { ty, span, default } => {
                    vis.visit_ty(ty);
                    if let Some(default) = default {
                        vis.visit_anon_const(default);
                    }
                    vis.visit_span(span);
                }
            }
            if let Some(span) = colon_span {
                vis.visit_span(span);
            }
        }

        pub fn walk_where_predicate<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            predicate: &$($lt)? $($mut)? WherePredicate,
        ) {
            let WherePredicate { attrs, kind, id, span, is_placeholder: _ } = predicate;
            vis.visit_id(id);
            vis.visit_attrs(attrs);
            match kind {
                WherePredicateKind::BoundPredicate(WhereBoundPredicate {
                    bound_generic_params,
                    bounded_ty,
                    bounds,
                }) => {
                    vis.visit_generic_params(bound_generic_params);
                    vis.visit_ty(bounded_ty);
                    walk_bounds(vis, bounds, BoundKind::Bound);
                }
                WherePredicateKind::RegionPredicate(WhereRegionPredicate { lifetime, bounds }) => {
                    vis.visit_lifetime(lifetime, LifetimeCtxt::Bound);
                    walk_bounds(vis, bounds, BoundKind::Bound);
                }
                WherePredicateKind::EqPredicate(WhereEqPredicate { lhs_ty, rhs_ty }) => {
                    vis.visit_ty(lhs_ty);
                    vis.visit_ty(rhs_ty);
                }
            }
            vis.visit_span(span);
        }

        pub fn walk_path<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, path: &$($lt)? $($mut)? Path) {
            let Path { span, segments } = path;
            for segment in segments {
                vis.visit_path_segment(segment);
            }
            vis.visit_span(span);
        }

        pub fn walk_path_segment<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            segment: &$($lt)? $($mut)? PathSegment,
        ) {
            let PathSegment { ident, id, args } = segment;
            vis.visit_id(id);
            vis.visit_ident(ident);
            if let Some(args) = args {
                vis.visit_generic_args(args);
            }
        }

        pub fn walk_qself<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            qself: &$($lt)? $($mut)? Option<P<QSelf>>,
        ) {
            if let Some(qself) = qself {
                let QSelf { ty, path_span, position: _ } = &$($mut)? **qself;
                vis.visit_ty(ty);
                vis.visit_span(path_span);
            }
        }

        pub fn walk_generic_args<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            args: &$($lt)? $($mut)? GenericArgs,
        ) {
            match args {
                GenericArgs::AngleBracketed(AngleBracketedArgs { span, args }) => {
                    for arg in args {
                        match arg {
                            AngleBracketedArg::Arg(arg) => vis.visit_generic_arg(arg),
                            AngleBracketedArg::Constraint(c) => vis.visit_assoc_item_constraint(c),
                        }
                    }
                    vis.visit_span(span);
                }
                GenericArgs::Parenthesized(ParenthesizedArgs { span, inputs, inputs_span, output }) => {
                    for ty in inputs {
                        vis.visit_ty(ty);
                    }
                    vis.visit_fn_ret_ty(output);
                    vis.visit_span(inputs_span);
                    vis.visit_span(span);
                }
                GenericArgs::ParenthesizedElided(span) => vis.visit_span(span),
            }
        }

        pub fn walk_generic_arg<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, arg: &$($lt)? $($mut)? GenericArg) {
            match arg {
                GenericArg::Lifetime(lifetime) => vis.visit_lifetime(lifetime, LifetimeCtxt::GenericArg),
                GenericArg::Type(ty) => vis.visit_ty(ty),
                GenericArg::Const(ct) => vis.visit_anon_const(ct),
            }
        }

        pub fn walk_assoc_item_constraint<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            constraint: &$($lt)? $($mut)? AssocItemConstraint,
        ) {
            let AssocItemConstraint { id, ident, gen_args, kind, span } = constraint;
            vis.visit_id(id);
            vis.visit_ident(ident);
            if let Some(args) = gen_args {
                vis.visit_generic_args(args);
            }
            match kind {
                AssocItemConstraintKind::Equality { term: Term::Ty(ty) } => vis.visit_ty(ty),
                AssocItemConstraintKind::Equality { term: Term::Const(ct) } => vis.visit_anon_const(ct),
                AssocItemConstraintKind::Bound { bounds } => walk_bounds(vis, bounds, BoundKind::Bound),
            }
            vis.visit_span(span);
        }

        pub fn walk_lifetime<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, lifetime: &$($lt)? $($mut)? Lifetime) {
            let Lifetime { id, ident } = lifetime;
            vis.visit_id(id);
            vis.visit_ident(ident);
        }

        pub fn walk_ty<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, ty: &$($lt)? $($mut)? Ty) {
            let Ty { id, kind, span } = ty;
            vis.visit_id(id);
            match kind {
                TyKind::Slice(ty) | TyKind::Paren(ty) => vis.visit_ty(ty),
                TyKind::Array(ty, len) => {
                    vis.visit_ty(ty);
                    vis.visit_anon_const(len);
                }
                TyKind::Ptr(MutTy { ty, mutbl: _ }) => vis.visit_ty(ty),
                TyKind::Ref(lifetime, MutTy { ty, mutbl: _ })
                | TyKind::PinnedRef(lifetime, MutTy { ty, mutbl: _ }) => {
                    if let Some(lifetime) = lifetime {
                        vis.visit_lifetime(lifetime, LifetimeCtxt::Ref);
                    }
                    vis.visit_ty(ty);
                }
                TyKind::FnPtr(ptr) => {
                    let FnPtrTy { safety, ext: _, generic_params, decl, decl_span } = &$($mut)? **ptr;
                    vis.visit_safety(safety);
                    vis.visit_generic_params(generic_params);
                    vis.visit_fn_decl(decl);
                    vis.visit_span(decl_span);
                }
                TyKind::UnsafeBinder(binder) => {
                    let UnsafeBinderTy { generic_params, inner_ty } = &$($mut)? **binder;
                    vis.visit_generic_params(generic_params);
                    vis.visit_ty(inner_ty);
                }
                TyKind::Tup(tys) => {
                    for ty in tys {
                        vis.visit_ty(ty);
                    }
                }
                TyKind::Path(qself, path) => {
                    walk_qself(vis, qself);
                    vis.visit_path(path);
                }
                TyKind::TraitObject(bounds, _) => walk_bounds(vis, bounds, BoundKind::TraitObject),
                TyKind::ImplTrait(id, bounds) => {
                    vis.visit_id(id);
                    walk_bounds(vis, bounds, BoundKind::Impl);
                }
                TyKind::MacCall(mac) => vis.visit_mac_call(mac),
                TyKind::Pat(ty, pat) => {
                    vis.visit_ty(ty);
                    vis.visit_ty_pat(pat);
                }
                TyKind::Never
                | TyKind::Infer
                | TyKind::ImplicitSelf
                | TyKind::CVarArgs
                | TyKind::Dummy
                | TyKind::Err(_) => {}
            }
            vis.visit_span(span);
        }

        pub fn walk_ty_pat<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, pat: &$($lt)? $($mut)? TyPat) {
            let TyPat { id, kind, span } = pat;
            vis.visit_id(id);
            match kind {
                TyPatKind::Range(start, end, _) => {
                    if let Some(start) = start {
                        vis.visit_anon_const(start);
                    }
                    if let Some(end) = end {
                        vis.visit_anon_const(end);
                    }
                }
                TyPatKind::Or(pats) => {
                    for pat in pats {
                        vis.visit_ty_pat(pat);
                    }
                }
                TyPatKind::NotNull | TyPatKind::Err(_) => {}
            }
            vis.visit_span(span);
        }

        pub fn walk_pat<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, pat: &$($lt)? $($mut)? Pat) {
            let Pat { id, kind, span } = pat;
            vis.visit_id(id);
            match kind {
                PatKind::Ident(_, ident, sub) => {
                    vis.visit_ident(ident);
                    if let Some(sub) = sub {
                        vis.visit_pat(sub);
                    }
                }
                PatKind::Struct(qself, path, fields, _) => {
                    walk_qself(vis, qself);
                    vis.visit_path(path);
                    vis.visit_pat_fields(fields);
                }
                PatKind::TupleStruct(qself, path, pats) => {
                    walk_qself(vis, qself);
                    vis.visit_path(path);
                    for pat in pats {
                        vis.visit_pat(pat);
                    }
                }
                PatKind::Path(qself, path) => {
                    walk_qself(vis, qself);
                    vis.visit_path(path);
                }
                PatKind::Or(pats) | PatKind::Tuple(pats) | PatKind::Slice(pats) => {
                    for pat in pats {
                        vis.visit_pat(pat);
                    }
                }
                PatKind::Box(pat) | PatKind::Deref(pat) | PatKind::Ref(pat, _, _) | PatKind::Paren(pat) => {
                    vis.visit_pat(pat)
                }
                PatKind::Expr(expr) => vis.visit_expr(expr),
                PatKind::Range(start, end, _) => {
                    if let Some(start) = start {
                        vis.visit_expr(start);
                    }
                    if let Some(end) = end {
                        vis.visit_expr(end);
                    }
                }
                PatKind::Guard(pat, cond) => {
                    vis.visit_pat(pat);
                    vis.visit_expr(cond);
                }
                PatKind::MacCall(mac) => vis.visit_mac_call(mac),
                PatKind::Missing | PatKind::Wild | PatKind::Rest | PatKind::Never | PatKind::Err(_) => {}
            }
            vis.visit_span(span);
        }

        pub fn walk_pat_field<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, field: &$($lt)? $($mut)? PatField) {
            let PatField { ident, pat, is_shorthand: _, attrs, id, span, is_placeholder: _ } = field;
            vis.visit_id(id);
            vis.visit_attrs(attrs);
            vis.visit_ident(ident);
            vis.visit_pat(pat);
            vis.visit_span(span);
        }

        pub fn walk_block<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, block: &$($lt)? $($mut)? Block) {
            let Block { stmts, id, rules: _, span } = block;
            vis.visit_id(id);
            vis.visit_stmts(stmts);
            vis.visit_span(span);
        }

        pub fn walk_local<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, local: &$($lt)? $($mut)? Local) {
            let Local { id, super_, pat, ty, kind, span, colon_sp, attrs } = local;
            if let Some(span) = super_ {
                vis.visit_span(span);
            }
            vis.visit_id(id);
            vis.visit_attrs(attrs);
            vis.visit_pat(pat);
            if let Some(ty) = ty {
                vis.visit_ty(ty);
            }
            match kind {
                LocalKind::Decl => {}
                LocalKind::Init(init) => vis.visit_expr(init),
                LocalKind::InitElse(init, els) => {
                    vis.visit_expr(init);
                    vis.visit_block(els);
                }
            }
            if let Some(span) = colon_sp {
                vis.visit_span(span);
            }
            vis.visit_span(span);
        }

        pub fn walk_anon_const<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, ct: &$($lt)? $($mut)? AnonConst) {
            let AnonConst { id, value } = ct;
            vis.visit_id(id);
            vis.visit_expr(value);
        }

        pub fn walk_arm<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, arm: &$($lt)? $($mut)? Arm) {
            let Arm { attrs, pat, guard, body, span, id, is_placeholder: _ } = arm;
            vis.visit_id(id);
            vis.visit_attrs(attrs);
            vis.visit_pat(pat);
            if let Some(guard) = guard {
                vis.visit_expr(guard);
            }
            if let Some(body) = body {
                vis.visit_expr(body);
            }
            vis.visit_span(span);
        }

        pub fn walk_expr_field<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, field: &$($lt)? $($mut)? ExprField) {
            let ExprField { attrs, id, span, ident, expr, is_shorthand: _, is_placeholder: _ } = field;
            vis.visit_id(id);
            vis.visit_attrs(attrs);
            vis.visit_ident(ident);
            vis.visit_expr(expr);
            vis.visit_span(span);
        }

        pub fn walk_label<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, label: &$($lt)? $($mut)? Label) {
            let Label { ident } = label;
            vis.visit_ident(ident);
        }

        pub fn walk_mac_call<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, mac: &$($lt)? $($mut)? MacCall) {
            let MacCall { path, args: _ } = mac;
            vis.visit_path(path);
        }

        pub fn walk_attribute<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, attr: &$($lt)? $($mut)? Attribute) {
            let Attribute { kind, id: _, style: _, span } = attr;
            match kind {
                AttrKind::Normal(normal) => {
                    let AttrItem { unsafety, path, args } = &$($mut)? normal.item;
                    vis.visit_safety(unsafety);
                    vis.visit_path(path);
                    match args {
                        AttrArgs::Eq { eq_span, expr } => {
                            vis.visit_expr(expr);
                            vis.visit_span(eq_span);
                        }
                        AttrArgs::Empty | AttrArgs::Delimited(_) => {}
                    }
                }
                AttrKind::DocComment(..) => {}
            }
            vis.visit_span(span);
        }

        pub fn walk_inline_asm_sym<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            sym: &$($lt)? $($mut)? InlineAsmSym,
        ) {
            let InlineAsmSym { id, qself, path } = sym;
            vis.visit_id(id);
            walk_qself(vis, qself);
            vis.visit_path(path);
        }

        pub fn walk_inline_asm<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, asm: &$($lt)? $($mut)? InlineAsm) {
            for (operand, span) in &$($mut)? asm.operands {
                match operand {
                    InlineAsmOperand::In { expr, .. }
                    | InlineAsmOperand::InOut { expr, .. }
                    | InlineAsmOperand::Out { expr: Some(expr), .. } => vis.visit_expr(expr),
                    InlineAsmOperand::Out { expr: None, .. } => {}
                    InlineAsmOperand::SplitInOut { in_expr, out_expr, .. } => {
                        vis.visit_expr(in_expr);
                        if let Some(out_expr) = out_expr {
                            vis.visit_expr(out_expr);
                        }
                    }
                    InlineAsmOperand::Const { anon_const } => vis.visit_anon_const(anon_const),
                    InlineAsmOperand::Sym { sym } => vis.visit_inline_asm_sym(sym),
                    InlineAsmOperand::Label { block } => vis.visit_block(block),
                }
                vis.visit_span(span);
            }
        }

        pub fn walk_format_args<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            fmt: &$($lt)? $($mut)? FormatArgs,
        ) {
            for argument in format_arguments!(fmt, $($mut)?) {
                match &$($mut)? argument.kind {
                    FormatArgumentKind::Named(ident) | FormatArgumentKind::Captured(ident) => vis.visit_ident(ident),
                    FormatArgumentKind::Normal => {}
                }
                vis.visit_expr(&$($mut)? argument.expr);
            }
            vis.visit_span(&$($mut)? fmt.span);
        }

        pub fn walk_expr<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, expr: &$($lt)? $($mut)? Expr) {
            let Expr { id, kind, span, attrs } = expr;
            vis.visit_id(id);
            vis.visit_attrs(attrs);
            match kind {
                ExprKind::Array(exprs) | ExprKind::Tup(exprs) => vis.visit_exprs(exprs),
                ExprKind::ConstBlock(ct) => vis.visit_anon_const(ct),
                ExprKind::Call(f, args) => {
                    vis.visit_expr(f);
                    vis.visit_exprs(args);
                }
                ExprKind::MethodCall(call) => {
                    let MethodCall { seg, receiver, args, span } = &$($mut)? **call;
                    vis.visit_expr(receiver);
                    vis.visit_path_segment(seg);
                    vis.visit_exprs(args);
                    vis.visit_span(span);
                }
                ExprKind::Binary(op, lhs, rhs) => {
                    vis.visit_expr(lhs);
                    vis.visit_expr(rhs);
                    vis.visit_span(&$($mut)? op.span);
                }
                ExprKind::AssignOp(op, lhs, rhs) => {
                    vis.visit_expr(lhs);
                    vis.visit_expr(rhs);
                    vis.visit_span(&$($mut)? op.span);
                }
                ExprKind::Unary(_, expr)
                | ExprKind::AddrOf(_, _, expr)
                | ExprKind::Paren(expr)
                | ExprKind::Try(expr)
                | ExprKind::Become(expr) => vis.visit_expr(expr),
                ExprKind::Cast(expr, ty) | ExprKind::Type(expr, ty) => {
                    vis.visit_expr(expr);
                    vis.visit_ty(ty);
                }
                ExprKind::Let(pat, expr, span, _) => {
                    vis.visit_pat(pat);
                    vis.visit_expr(expr);
                    vis.visit_span(span);
                }
                ExprKind::If(cond, then, els) => {
                    vis.visit_expr(cond);
                    vis.visit_block(then);
                    if let Some(els) = els {
                        vis.visit_expr(els);
                    }
                }
                ExprKind::While(cond, body, label) => {
                    if let Some(label) = label {
                        vis.visit_label(label);
                    }
                    vis.visit_expr(cond);
                    vis.visit_block(body);
                }
                ExprKind::ForLoop { pat, iter, body, label, kind: _ } => {
                    if let Some(label) = label {
                        vis.visit_label(label);
                    }
                    vis.visit_pat(pat);
                    vis.visit_expr(iter);
                    vis.visit_block(body);
                }
                ExprKind::Loop(body, label, span) => {
                    if let Some(label) = label {
                        vis.visit_label(label);
                    }
                    vis.visit_block(body);
                    vis.visit_span(span);
                }
                ExprKind::Match(scrutinee, arms, _) => {
                    vis.visit_expr(scrutinee);
                    vis.visit_arms(arms);
                }
                ExprKind::Closure(closure) => {
                    let Closure {
                        binder,
                        capture_clause,
                        constness,
                        coroutine_kind,
                        movability: _,
                        fn_decl,
                        body,
                        fn_decl_span,
                        fn_arg_span,
                    } = &$($mut)? **closure;
                    vis.visit_constness(constness);
                    vis.visit_capture_by(capture_clause);
                    vis.visit_fn(FnKind::Closure(binder, coroutine_kind, fn_decl, body), &*attrs, *span, *id);
                    vis.visit_span(fn_decl_span);
                    vis.visit_span(fn_arg_span);
                }
                ExprKind::Block(block, label) => {
                    if let Some(label) = label {
                        vis.visit_label(label);
                    }
                    vis.visit_block(block);
                }
                ExprKind::Gen(capture, block, _, span) => {
                    vis.visit_capture_by(capture);
                    vis.visit_block(block);
                    vis.visit_span(span);
                }
                ExprKind::Await(expr, span) | ExprKind::Use(expr, span) => {
                    vis.visit_expr(expr);
                    vis.visit_span(span);
                }
                ExprKind::TryBlock(block, ty) => {
                    if let Some(ty) = ty {
                        vis.visit_ty(ty);
                    }
                    vis.visit_block(block);
                }
                ExprKind::Assign(lhs, rhs, span) | ExprKind::Index(lhs, rhs, span) => {
                    vis.visit_expr(lhs);
                    vis.visit_expr(rhs);
                    vis.visit_span(span);
                }
                ExprKind::Field(expr, ident) => {
                    vis.visit_expr(expr);
                    vis.visit_ident(ident);
                }
                ExprKind::Range(start, end, _) => {
                    if let Some(start) = start {
                        vis.visit_expr(start);
                    }
                    if let Some(end) = end {
                        vis.visit_expr(end);
                    }
                }
                ExprKind::Path(qself, path) => {
                    walk_qself(vis, qself);
                    vis.visit_path(path);
                }
                ExprKind::Break(label, expr) => {
                    if let Some(label) = label {
                        vis.visit_label(label);
                    }
                    if let Some(expr) = expr {
                        vis.visit_expr(expr);
                    }
                }
                ExprKind::Continue(label) => {
                    if let Some(label) = label {
                        vis.visit_label(label);
                    }
                }
                ExprKind::Ret(expr) | ExprKind::Yeet(expr) | ExprKind::Yield(YieldKind::Prefix(expr)) => {
                    if let Some(expr) = expr {
                        vis.visit_expr(expr);
                    }
                }
                ExprKind::Yield(YieldKind::Postfix(expr)) => vis.visit_expr(expr),
                ExprKind::InlineAsm(asm) => vis.visit_inline_asm(asm),
                ExprKind::OffsetOf(container, fields) => {
                    vis.visit_ty(container);
                    for field in fields {
                        vis.visit_ident(field);
                    }
                }
                ExprKind::MacCall(mac) => vis.visit_mac_call(mac),
                ExprKind::Struct(expr) => {
                    let StructExpr { qself, path, fields, rest } = &$($mut)? **expr;
                    walk_qself(vis, qself);
                    vis.visit_path(path);
                    vis.visit_expr_fields(fields);
                    match rest {
                        StructRest::Base(expr) => vis.visit_expr(expr),
                        StructRest::Rest(span) => vis.visit_span(span),
                        StructRest::None | StructRest::NoneWithError(_) => {}
                    }
                }
                ExprKind::Repeat(expr, count) => {
                    vis.visit_expr(expr);
                    vis.visit_anon_const(count);
                }
                ExprKind::FormatArgs(fmt) => vis.visit_format_args(fmt),
                ExprKind::UnsafeBinderCast(_, expr, ty) => {
                    vis.visit_expr(expr);
                    if let Some(ty) = ty {
                        vis.visit_ty(ty);
                    }
                }
                ExprKind::Lit(_)
                | ExprKind::Underscore
                | ExprKind::IncludedBytes(_)
                | ExprKind::Err(_)
                | ExprKind::Dummy => {}
            }
            vis.visit_span(span);
        }

        pub fn walk_capture_by<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            capture: &$($lt)? $($mut)? CaptureBy,
        ) {
            match capture {
                CaptureBy::Ref => {}
                CaptureBy::Value { move_kw: span } | CaptureBy::Use { use_kw: span } => vis.visit_span(span),
            }
        }
    };
}
