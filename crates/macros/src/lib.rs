//! Derive macros for the compiler's data types: `TypeFoldable` and `TypeVisitable` (crate `ty`), `Encodable`
//! and `Decodable` (crate `span`, `codec`), and their `Ty*` forms for types that hold interned `'tcx` data.
//!
//! All derives walk the fields in order; enums are encoded as a variant number and the fields.
//! `#[type_foldable(identity)]` on a field leaves it out of folding, `#[type_visitable(ignore)]` out of visiting.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DeriveInput, Field, Fields, GenericParam, Lifetime, parse_macro_input, parse_quote};

/// Derives `ty::fold::TypeFoldable<'tcx>`.
#[proc_macro_derive(TypeFoldable, attributes(type_foldable))]
pub fn type_foldable(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let arms = variants(&input).into_iter().map(|(path, fields, _)| {
        let (pat, binds) = bindings(&path, fields);
        let folded = fields.iter().zip(&binds).map(|(f, b)| {
            let value = if has_attr(f, "type_foldable") {
                quote!(#b)
            } else {
                quote!(::ty::fold::TypeFoldable::fold_with(#b, __folder))
            };
            match &f.ident {
                Some(name) => quote!(#name: #value),
                None => quote!(#value),
            }
        });
        let build = rebuild(&path, fields, folded.collect());
        quote!(#pat => #build)
    });
    let body = quote!(match self { #(#arms),* });
    let bound = quote!(::ty::fold::TypeFoldable<'tcx>);
    let (generics, ty_generics, where_clause) = with_tcx(&input, &bound);
    let name = &input.ident;
    quote! {
        impl #generics ::ty::fold::TypeFoldable<'tcx> for #name #ty_generics #where_clause {
            fn fold_with<__F: ::ty::fold::TypeFolder<'tcx>>(self, __folder: &mut __F) -> Self { #body }
        }
    }
    .into()
}

/// Derives `ty::visit::TypeVisitable<'tcx>`.
#[proc_macro_derive(TypeVisitable, attributes(type_visitable))]
pub fn type_visitable(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let arms = variants(&input).into_iter().map(|(path, fields, _)| {
        let (pat, binds) = bindings(&path, fields);
        let visits = fields.iter().zip(&binds).map(|(f, b)| {
            if has_attr(f, "type_visitable") {
                quote!(let _ = #b;)
            } else {
                quote!(::ty::visit::TypeVisitable::visit_with(#b, __visitor)?;)
            }
        });
        quote!(#pat => { #(#visits)* })
    });
    let body = if matches!(&input.data, Data::Enum(e) if e.variants.is_empty()) {
        quote!(match *self {})
    } else {
        quote!(match self { #(#arms),* } ::std::ops::ControlFlow::Continue(()))
    };
    let bound = quote!(::ty::visit::TypeVisitable<'tcx>);
    let (generics, ty_generics, where_clause) = with_tcx(&input, &bound);
    let name = &input.ident;
    quote! {
        impl #generics ::ty::visit::TypeVisitable<'tcx> for #name #ty_generics #where_clause {
            fn visit_with<__V: ::ty::visit::TypeVisitor<'tcx>>(&self, __visitor: &mut __V)
                -> ::std::ops::ControlFlow<__V::Break> { #body }
        }
    }
    .into()
}

/// Derives `span::codec::Encodable<E>` for every `E: span::codec::Encoder`.
#[proc_macro_derive(Encodable)]
pub fn encodable(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive_encode(parse_macro_input!(input as DeriveInput), false).into()
}

/// Derives `span::codec::Decodable<D>` for every `D: span::codec::Decoder`.
#[proc_macro_derive(Decodable)]
pub fn decodable(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive_decode(parse_macro_input!(input as DeriveInput), false).into()
}

/// Derives `span::codec::Encodable<E>` for every `E: ty::codec::TyEncoder<'tcx>`.
#[proc_macro_derive(TyEncodable)]
pub fn ty_encodable(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive_encode(parse_macro_input!(input as DeriveInput), true).into()
}

/// Derives `span::codec::Decodable<D>` for every `D: ty::codec::TyDecoder<'tcx>`.
#[proc_macro_derive(TyDecodable)]
pub fn ty_decodable(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive_decode(parse_macro_input!(input as DeriveInput), true).into()
}

fn derive_encode(input: DeriveInput, tcx: bool) -> TokenStream {
    let is_enum = matches!(input.data, Data::Enum(_));
    let arms: Vec<_> = variants(&input)
        .into_iter()
        .map(|(path, fields, index)| {
            let (pat, binds) = bindings(&path, fields);
            let tag = is_enum.then(|| quote!(::span::codec::Encoder::emit_u8(__e, #index as u8);));
            quote!(#pat => { #tag #(::span::codec::Encodable::encode(#binds, __e);)* })
        })
        .collect();
    let body = if arms.is_empty() { quote!(match *self {}) } else { quote!(match self { #(#arms),* }) };
    let mut generics = input.generics.clone();
    for p in generics.type_params_mut() {
        p.bounds.push(parse_quote!(::span::codec::Encodable<__E>));
    }
    if tcx && !has_tcx(&input) {
        generics.params.insert(0, GenericParam::Lifetime(parse_quote!('tcx)));
    }
    let encoder = if tcx { quote!(::ty::codec::TyEncoder<'tcx>) } else { quote!(::span::codec::Encoder) };
    generics.params.push(parse_quote!(__E: #encoder));
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, ty_generics, _) = input.generics.split_for_impl();
    let name = &input.ident;
    quote! {
        impl #impl_generics ::span::codec::Encodable<__E> for #name #ty_generics #where_clause {
            fn encode(&self, __e: &mut __E) { #body }
        }
    }
}

fn derive_decode(input: DeriveInput, tcx: bool) -> TokenStream {
    let is_enum = matches!(input.data, Data::Enum(_));
    let name = &input.ident;
    let arms: Vec<_> = variants(&input)
        .into_iter()
        .map(|(path, fields, index)| {
            let values = fields
                .iter()
                .map(|f| match &f.ident {
                    Some(n) => quote!(#n: ::span::codec::Decodable::decode(__d)),
                    None => quote!(::span::codec::Decodable::decode(__d)),
                })
                .collect();
            let build = rebuild(&path, fields, values);
            if is_enum {
                let index = index as u8;
                quote!(#index => #build)
            } else {
                build
            }
        })
        .collect();
    let body = if is_enum {
        quote! {
            match ::span::codec::Decoder::read_u8(__d) {
                #(#arms,)*
                tag => panic!("invalid tag {} for {}", tag, stringify!(#name)),
            }
        }
    } else {
        quote!(#(#arms)*)
    };
    let mut generics = input.generics.clone();
    for p in generics.type_params_mut() {
        p.bounds.push(parse_quote!(::span::codec::Decodable<__D>));
    }
    if tcx && !has_tcx(&input) {
        generics.params.insert(0, GenericParam::Lifetime(parse_quote!('tcx)));
    }
    let decoder = if tcx { quote!(::ty::codec::TyDecoder<'tcx>) } else { quote!(::span::codec::Decoder) };
    generics.params.push(parse_quote!(__D: #decoder));
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, ty_generics, _) = input.generics.split_for_impl();
    quote! {
        impl #impl_generics ::span::codec::Decodable<__D> for #name #ty_generics #where_clause {
            fn decode(__d: &mut __D) -> Self { #body }
        }
    }
}

/// The constructors of a type: their path, fields and number.
fn variants(input: &DeriveInput) -> Vec<(TokenStream, &Fields, usize)> {
    let name = &input.ident;
    match &input.data {
        Data::Struct(s) => vec![(quote!(#name), &s.fields, 0)],
        Data::Enum(e) => e
            .variants
            .iter()
            .enumerate()
            .map(|(i, v)| {
                let variant = &v.ident;
                (quote!(#name::#variant), &v.fields, i)
            })
            .collect(),
        Data::Union(_) => panic!("unions cannot be derived"),
    }
}

/// A pattern that binds each field of one constructor, and the bindings' names.
fn bindings(path: &TokenStream, fields: &Fields) -> (TokenStream, Vec<syn::Ident>) {
    let binds: Vec<_> = (0..fields.len()).map(|i| format_ident!("__f{i}")).collect();
    let pat = match fields {
        Fields::Named(named) => {
            let names = named.named.iter().map(|f| f.ident.as_ref().expect("a named field"));
            quote!(#path { #(#names: #binds),* })
        }
        Fields::Unnamed(_) => quote!(#path(#(#binds),*)),
        Fields::Unit => quote!(#path),
    };
    (pat, binds)
}

fn rebuild(path: &TokenStream, fields: &Fields, values: Vec<TokenStream>) -> TokenStream {
    match fields {
        Fields::Named(_) => quote!(#path { #(#values),* }),
        Fields::Unnamed(_) => quote!(#path(#(#values),*)),
        Fields::Unit => quote!(#path),
    }
}

fn has_attr(field: &Field, name: &str) -> bool {
    field.attrs.iter().any(|a| a.path().is_ident(name))
}

fn has_tcx(input: &DeriveInput) -> bool {
    input.generics.lifetimes().any(|l| l.lifetime.ident == "tcx")
}

/// The impl's generics with `'tcx` (added where the type has none), the type's own, and the where clause.
fn with_tcx(input: &DeriveInput, bound: &TokenStream) -> (TokenStream, TokenStream, TokenStream) {
    let mut generics = input.generics.clone();
    for p in generics.type_params_mut() {
        p.bounds.push(parse_quote!(#bound));
    }
    if !has_tcx(input) {
        let lt: Lifetime = parse_quote!('tcx);
        generics.params.insert(0, GenericParam::Lifetime(parse_quote!(#lt)));
    }
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, ty_generics, _) = input.generics.split_for_impl();
    (quote!(#impl_generics), quote!(#ty_generics), quote!(#where_clause))
}
