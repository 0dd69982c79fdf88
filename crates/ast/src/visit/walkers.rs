//! The walk of both visitors, written once: [`crate::visit`] instantiates it with `&`, [`crate::mut_visit`] with `&mut`.

/// `node_walkers!(Visitor, &'ast)` or `node_walkers!(MutVisitor, &mut)`: defines a `walk_*` function for each node.
macro_rules! node_walkers {
    ($Visitor:ident, [$($lt:lifetime)?], $flt:lifetime, [$($mut:ident)?]) => {
        pub fn walk_crate<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, krate: &$($lt)? $($mut)? Crate) {
            let Crate { attrs, items, spans, id, is_placeholder: _ } = krate;
            vis.visit_id(id);
            vis.visit_attrs(attrs);
            vis.visit_items(items);
            walk_mod_spans(vis, spans);
        }

        fn walk_mod_spans<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, spans: &$($lt)? $($mut)? ModSpans) {
            let ModSpans { inner_span, inject_use_span } = spans;
            vis.visit_span(inner_span);
            vis.visit_span(inject_use_span);
        }

        pub fn walk_item<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, item: &$($lt)? $($mut)? Item) {
            let Item { attrs, id, span, vis: visibility, kind, tokens: _ } = item;
            vis.visit_id(id);
            vis.visit_attrs(attrs);
            vis.visit_vis(visibility);
            match kind {
                ItemKind::ExternCrate(_, ident) => vis.visit_ident(ident),
                ItemKind::Use(tree) => vis.visit_use_tree(tree),
                ItemKind::Static(item) => walk_static_item(vis, item),
                ItemKind::Const(item) => walk_const_item(vis, item),
                ItemKind::ConstBlock(item) => {
                    let ConstBlockItem { id, span, block } = &$($mut)? **item;
                    vis.visit_id(id);
                    vis.visit_block(block);
                    vis.visit_span(span);
                }
                ItemKind::Fn(func) => {
                    vis.visit_fn(FnKind::Fn(FnCtxt::Free, visibility, func), &*attrs, *span, *id)
                }
                ItemKind::Mod(safety, ident, kind) => {
                    vis.visit_safety(safety);
                    vis.visit_ident(ident);
                    match kind {
                        ModKind::Loaded(items, _, spans) => {
                            vis.visit_items(items);
                            walk_mod_spans(vis, spans);
                        }
                        ModKind::Unloaded => {}
                    }
                }
                ItemKind::ForeignMod(ForeignMod { extern_span, safety, abi: _, items }) => {
                    vis.visit_safety(safety);
                    vis.visit_span(extern_span);
                    vis.visit_foreign_items(items);
                }
                ItemKind::GlobalAsm(asm) => vis.visit_inline_asm(asm),
                ItemKind::TyAlias(item) => walk_ty_alias(vis, item),
                ItemKind::Enum(ident, generics, EnumDef { variants }) => {
                    vis.visit_ident(ident);
                    vis.visit_generics(generics);
                    vis.visit_variants(variants);
                }
                ItemKind::Struct(ident, generics, data) | ItemKind::Union(ident, generics, data) => {
                    vis.visit_ident(ident);
                    vis.visit_generics(generics);
                    vis.visit_variant_data(data);
                }
                ItemKind::Trait(item) => {
                    let Trait { constness, safety, is_auto: _, ident, generics, bounds, items } = &$($mut)? **item;
                    vis.visit_constness(constness);
                    vis.visit_safety(safety);
                    vis.visit_ident(ident);
                    vis.visit_generics(generics);
                    walk_bounds(vis, bounds, BoundKind::SuperTraits);
                    vis.visit_assoc_items(items, AssocCtxt::Trait);
                }
                ItemKind::TraitAlias(item) => {
                    let TraitAlias { constness, ident, generics, bounds } = &$($mut)? **item;
                    vis.visit_constness(constness);
                    vis.visit_ident(ident);
                    vis.visit_generics(generics);
                    walk_bounds(vis, bounds, BoundKind::Bound);
                }
                ItemKind::Impl(Impl { generics, constness, of_trait, self_ty, items }) => {
                    vis.visit_generics(generics);
                    vis.visit_constness(constness);
                    let is_trait_impl = of_trait.is_some();
                    if let Some(header) = of_trait {
                        let TraitImplHeader { defaultness, safety, polarity, trait_ref } = &$($mut)? **header;
                        walk_defaultness(vis, defaultness);
                        vis.visit_safety(safety);
                        if let ImplPolarity::Negative(span) = polarity {
                            vis.visit_span(span);
                        }
                        vis.visit_trait_ref(trait_ref);
                    }
                    vis.visit_ty(self_ty);
                    vis.visit_assoc_items(items, AssocCtxt::Impl { of_trait: is_trait_impl });
                }
                ItemKind::MacCall(mac) => vis.visit_mac_call(mac),
                ItemKind::MacroDef(ident, def) => {
                    vis.visit_ident(ident);
                    vis.visit_macro_def(def, *id);
                }
                ItemKind::Delegation(item) => walk_delegation(vis, item),
                ItemKind::DelegationMac(item) => walk_delegation_mac(vis, item),
            }
            vis.visit_span(span);
        }

        pub fn walk_assoc_item<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            item: &$($lt)? $($mut)? AssocItem,
            ctxt: AssocCtxt,
        ) {
            let Item { attrs, id, span, vis: visibility, kind, tokens: _ } = item;
            vis.visit_id(id);
            vis.visit_attrs(attrs);
            vis.visit_vis(visibility);
            match kind {
                AssocItemKind::Const(item) => walk_const_item(vis, item),
                AssocItemKind::Fn(func) => {
                    vis.visit_fn(FnKind::Fn(FnCtxt::Assoc(ctxt), visibility, func), &*attrs, *span, *id)
                }
                AssocItemKind::Type(item) => walk_ty_alias(vis, item),
                AssocItemKind::MacCall(mac) => vis.visit_mac_call(mac),
                AssocItemKind::Delegation(item) => walk_delegation(vis, item),
                AssocItemKind::DelegationMac(item) => walk_delegation_mac(vis, item),
            }
            vis.visit_span(span);
        }

        pub fn walk_foreign_item<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            item: &$($lt)? $($mut)? ForeignItem,
        ) {
            let Item { attrs, id, span, vis: visibility, kind, tokens: _ } = item;
            vis.visit_id(id);
            vis.visit_attrs(attrs);
            vis.visit_vis(visibility);
            match kind {
                ForeignItemKind::Static(item) => walk_static_item(vis, item),
                ForeignItemKind::Fn(func) => {
                    vis.visit_fn(FnKind::Fn(FnCtxt::Foreign, visibility, func), &*attrs, *span, *id)
                }
                ForeignItemKind::TyAlias(item) => walk_ty_alias(vis, item),
                ForeignItemKind::MacCall(mac) => vis.visit_mac_call(mac),
            }
            vis.visit_span(span);
        }

        fn walk_static_item<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, item: &$($lt)? $($mut)? StaticItem) {
            let StaticItem { ident, ty, safety, mutability: _, expr, define_opaque } = item;
            vis.visit_ident(ident);
            vis.visit_ty(ty);
            vis.visit_safety(safety);
            if let Some(expr) = expr {
                vis.visit_expr(expr);
            }
            walk_define_opaque(vis, define_opaque);
        }

        fn walk_const_item<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, item: &$($lt)? $($mut)? ConstItem) {
            let ConstItem { defaultness, ident, generics, ty, rhs_kind, define_opaque } = item;
            walk_defaultness(vis, defaultness);
            vis.visit_ident(ident);
            vis.visit_generics(generics);
            vis.visit_ty(ty);
            match rhs_kind {
                ConstItemRhsKind::Body { rhs: Some(expr) } => vis.visit_expr(expr),
                ConstItemRhsKind::TypeConst { rhs: Some(ct) } => vis.visit_anon_const(ct),
                ConstItemRhsKind::Body { rhs: None } | ConstItemRhsKind::TypeConst { rhs: None } => {}
            }
            walk_define_opaque(vis, define_opaque);
        }

        fn walk_ty_alias<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, item: &$($lt)? $($mut)? TyAlias) {
            let TyAlias { defaultness, ident, generics, after_where_clause, bounds, ty } = item;
            walk_defaultness(vis, defaultness);
            vis.visit_ident(ident);
            vis.visit_generics(generics);
            walk_bounds(vis, bounds, BoundKind::Bound);
            if let Some(ty) = ty {
                vis.visit_ty(ty);
            }
            walk_where_clause(vis, after_where_clause);
        }

        fn walk_delegation<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, item: &$($lt)? $($mut)? Delegation) {
            let Delegation { id, qself, path, ident, rename, body, from_glob: _ } = item;
            vis.visit_id(id);
            walk_qself(vis, qself);
            vis.visit_path(path);
            vis.visit_ident(ident);
            if let Some(rename) = rename {
                vis.visit_ident(rename);
            }
            if let Some(body) = body {
                vis.visit_block(body);
            }
        }

        fn walk_delegation_mac<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            item: &$($lt)? $($mut)? DelegationMac,
        ) {
            let DelegationMac { qself, prefix, suffixes, body } = item;
            walk_qself(vis, qself);
            vis.visit_path(prefix);
            if let Some(suffixes) = suffixes {
                for (ident, rename) in suffixes {
                    vis.visit_ident(ident);
                    if let Some(rename) = rename {
                        vis.visit_ident(rename);
                    }
                }
            }
            if let Some(body) = body {
                vis.visit_block(body);
            }
        }

        fn walk_define_opaque<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            define_opaque: &$($lt)? $($mut)? Option<ThinVec<(NodeId, Path)>>,
        ) {
            if let Some(list) = define_opaque {
                for (id, path) in list {
                    vis.visit_id(id);
                    vis.visit_path(path);
                }
            }
        }

        fn walk_defaultness<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            defaultness: &$($lt)? $($mut)? Defaultness,
        ) {
            match defaultness {
                Defaultness::Default(span) | Defaultness::Final(span) => vis.visit_span(span),
                Defaultness::Implicit => {}
            }
        }

        pub fn walk_safety<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, safety: &$($lt)? $($mut)? Safety) {
            match safety {
                Safety::Unsafe(span) | Safety::Safe(span) => vis.visit_span(span),
                Safety::Default => {}
            }
        }

        pub fn walk_constness<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, constness: &$($lt)? $($mut)? Const) {
            match constness {
                Const::Yes(span) => vis.visit_span(span),
                Const::No => {}
            }
        }

        pub fn walk_coroutine_kind<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            kind: &$($lt)? $($mut)? CoroutineKind,
        ) {
            match kind {
                CoroutineKind::Async { span, closure_id, return_impl_trait_id }
                | CoroutineKind::Gen { span, closure_id, return_impl_trait_id }
                | CoroutineKind::AsyncGen { span, closure_id, return_impl_trait_id } => {
                    vis.visit_id(closure_id);
                    vis.visit_id(return_impl_trait_id);
                    vis.visit_span(span);
                }
            }
        }

        pub fn walk_fn_header<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, header: &$($lt)? $($mut)? FnHeader) {
            let FnHeader { safety, coroutine_kind, constness, ext } = header;
            vis.visit_constness(constness);
            if let Some(kind) = coroutine_kind {
                vis.visit_coroutine_kind(kind);
            }
            vis.visit_safety(safety);
            match ext {
                Extern::None => {}
                Extern::Implicit(span) | Extern::Explicit(_, span) => vis.visit_span(span),
            }
        }

        pub fn walk_fn<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, kind: FnKind<$flt>) {
            match kind {
                FnKind::Fn(_, _, func) => {
                    let Fn { defaultness, ident, generics, sig, contract, define_opaque, body } = func;
                    walk_defaultness(vis, defaultness);
                    vis.visit_ident(ident);
                    let FnSig { header, decl, span } = sig;
                    vis.visit_fn_header(header);
                    vis.visit_generics(generics);
                    vis.visit_fn_decl(decl);
                    vis.visit_span(span);
                    if let Some(contract) = contract {
                        let FnContract { declarations, requires, ensures } = &$($mut)? **contract;
                        vis.visit_stmts(declarations);
                        if let Some(expr) = requires {
                            vis.visit_expr(expr);
                        }
                        if let Some(expr) = ensures {
                            vis.visit_expr(expr);
                        }
                    }
                    if let Some(body) = body {
                        vis.visit_block(body);
                    }
                    walk_define_opaque(vis, define_opaque);
                }
                FnKind::Closure(binder, coroutine_kind, decl, body) => {
                    vis.visit_closure_binder(binder);
                    if let Some(kind) = coroutine_kind {
                        vis.visit_coroutine_kind(kind);
                    }
                    vis.visit_fn_decl(decl);
                    vis.visit_expr(body);
                }
            }
        }

        pub fn walk_fn_decl<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, decl: &$($lt)? $($mut)? FnDecl) {
            let FnDecl { inputs, output } = decl;
            vis.visit_params(inputs);
            vis.visit_fn_ret_ty(output);
        }

        pub fn walk_fn_ret_ty<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, ret: &$($lt)? $($mut)? FnRetTy) {
            match ret {
                FnRetTy::Default(span) => vis.visit_span(span),
                FnRetTy::Ty(ty) => vis.visit_ty(ty),
            }
        }

        pub fn walk_closure_binder<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            binder: &$($lt)? $($mut)? ClosureBinder,
        ) {
            match binder {
                ClosureBinder::NotPresent => {}
                ClosureBinder::For { span, generic_params } => {
                    vis.visit_generic_params(generic_params);
                    vis.visit_span(span);
                }
            }
        }

        pub fn walk_param<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, param: &$($lt)? $($mut)? Param) {
            let Param { attrs, ty, pat, id, span, is_placeholder: _ } = param;
            vis.visit_id(id);
            vis.visit_attrs(attrs);
            vis.visit_pat(pat);
            vis.visit_ty(ty);
            vis.visit_span(span);
        }

        pub fn walk_variant<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, variant: &$($lt)? $($mut)? Variant) {
            let Variant { attrs, id, span, vis: visibility, ident, data, disr_expr, is_placeholder: _ } = variant;
            vis.visit_id(id);
            vis.visit_attrs(attrs);
            vis.visit_vis(visibility);
            vis.visit_ident(ident);
            vis.visit_variant_data(data);
            if let Some(expr) = disr_expr {
                vis.visit_variant_discr(expr);
            }
            vis.visit_span(span);
        }

        pub fn walk_variant_data<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            data: &$($lt)? $($mut)? VariantData,
        ) {
            match data {
                VariantData::Struct { fields, recovered: _ } => vis.visit_field_defs(fields),
                VariantData::Tuple(fields, id) => {
                    vis.visit_id(id);
                    vis.visit_field_defs(fields);
                }
                VariantData::Unit(id) => vis.visit_id(id),
            }
        }

        pub fn walk_field_def<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, field: &$($lt)? $($mut)? FieldDef) {
            let FieldDef { attrs, id, span, vis: visibility, safety, ident, ty, default, is_placeholder: _ } = field;
            vis.visit_id(id);
            vis.visit_attrs(attrs);
            vis.visit_vis(visibility);
            vis.visit_safety(safety);
            if let Some(ident) = ident {
                vis.visit_ident(ident);
            }
            vis.visit_ty(ty);
            if let Some(default) = default {
                vis.visit_anon_const(default);
            }
            vis.visit_span(span);
        }

        pub fn walk_vis<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, visibility: &$($lt)? $($mut)? Visibility) {
            let Visibility { kind, span } = visibility;
            match kind {
                VisibilityKind::Restricted { path, id, shorthand: _ } => {
                    vis.visit_id(id);
                    vis.visit_path(path);
                }
                VisibilityKind::Public | VisibilityKind::Inherited => {}
            }
            vis.visit_span(span);
        }

        pub fn walk_use_tree<$($lt,)? V: $Visitor$(<$lt>)?>(vis: &mut V, tree: &$($lt)? $($mut)? UseTree) {
            let UseTree { prefix, kind, span } = tree;
            vis.visit_path(prefix);
            match kind {
                UseTreeKind::Simple(None) => {}
                UseTreeKind::Simple(Some(rename)) => vis.visit_ident(rename),
                UseTreeKind::Nested { items, span } => {
                    for (tree, id) in items {
                        vis.visit_nested_use_tree(tree, id);
                    }
                    vis.visit_span(span);
                }
                UseTreeKind::Glob(span) => vis.visit_span(span),
            }
            vis.visit_span(span);
        }

        pub fn walk_nested_use_tree<$($lt,)? V: $Visitor$(<$lt>)?>(
            vis: &mut V,
            tree: &$($lt)? $($mut)? UseTree,
            id: &$($lt)? $($mut)? NodeId,
        ) {
            vis.visit_id(id);
            vis.visit_use_tree(tree);
        }
    };
}
