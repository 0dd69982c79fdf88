//! What a derive sees of an item.

use ast::{FieldDef, Generics, Item, ItemKind, Ty, TyKind, VariantData};
use span::{Ident, sym};

/// A struct, enum or union.
pub(super) struct Shape<'a> {
    pub name: Ident,
    pub generics: &'a Generics,
    pub kind: ShapeKind<'a>,
    /// `#[repr(packed)]`: fields must be copied before they are borrowed.
    pub is_packed: bool,
}

pub(super) enum ShapeKind<'a> {
    Struct(&'a VariantData),
    Enum(&'a [ast::Variant]),
    Union(&'a VariantData),
}

/// The shape of an item; `None` for items that have no fields.
pub(super) fn of(item: &Item) -> Option<Shape<'_>> {
    let (name, generics, kind) = match &item.kind {
        ItemKind::Struct(name, generics, data) => (*name, generics, ShapeKind::Struct(data)),
        ItemKind::Enum(name, generics, def) => (*name, generics, ShapeKind::Enum(&def.variants)),
        ItemKind::Union(name, generics, data) => (*name, generics, ShapeKind::Union(data)),
        _ => return None,
    };
    let is_packed = item.attrs.iter().filter(|attr| attr.has_name(sym::repr)).any(|attr| {
        let list = attr.meta_item_list().unwrap_or_default();
        list.iter().any(|item| item.has_name(sym::packed))
    });
    Some(Shape { name, generics, kind, is_packed })
}

impl<'a> Shape<'a> {
    /// The types of all fields of all variants.
    pub fn field_tys(&self) -> Vec<&'a Ty> {
        match self.kind {
            ShapeKind::Struct(data) | ShapeKind::Union(data) => data.fields().iter().map(|f| &*f.ty).collect(),
            ShapeKind::Enum(variants) => variants.iter().flat_map(|v| v.data.fields().iter().map(|f| &*f.ty)).collect(),
        }
    }

    pub fn has_type_params(&self) -> bool {
        self.generics.params.iter().any(|p| matches!(p.kind, ast::GenericParamKind::Type { .. }))
    }
}

/// The name of a field: its own, or its number.
pub(super) fn field_name(index: usize, field: &FieldDef) -> Ident {
    field.ident.unwrap_or_else(|| Ident::new(sym::integer(index), field.span))
}

/// Is the type, by its looks, a scalar that is cheap to compare?
pub(super) fn maybe_scalar(ty: &Ty) -> bool {
    match &ty.kind {
        TyKind::Ptr(_) => true,
        kind => kind.maybe_scalar(),
    }
}
