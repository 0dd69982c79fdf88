//! Layouts of fields and variants.

use query::TyCtxt;
use rustc_abi::{FieldsShape, LayoutData, Variants};
use ty::layout::TyAndLayout;
use ty::{FieldIdx, Ty, TyKind, TypingEnv, VariantIdx};

/// Parts of a layout, for monomorphic types (or where the environment says enough).
pub trait LayoutExt<'tcx>: Sized {
    /// The layout of field `i` in source order; of wide pointers 0 is the address, 1 the metadata.
    fn field(self, tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, i: usize) -> TyAndLayout<'tcx>;
    /// The layout of a variant, as a struct at the enum's address.
    fn for_variant(self, tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, variant: VariantIdx) -> TyAndLayout<'tcx>;
}

impl<'tcx> LayoutExt<'tcx> for TyAndLayout<'tcx> {
    fn field(self, tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, i: usize) -> TyAndLayout<'tcx> {
        let ty = field_ty(self, tcx, env, i);
        let ty = tcx.normalize_erasing_regions(env, ty);
        tcx.layout_of(env.as_query_input(ty))
            .unwrap_or_else(|e| panic!("field {i} of `{}` has no layout: {e:?}", self.ty))
    }

    fn for_variant(self, tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, variant: VariantIdx) -> TyAndLayout<'tcx> {
        let _ = env;
        let layout = match self.layout.variants {
            Variants::Single { index } if index == variant => return self,
            Variants::Single { .. } | Variants::Empty => {
                let fields = match *self.ty.kind() {
                    TyKind::Adt(def, _) if !def.variants().is_empty() => def.variant(variant).fields.len(),
                    _ => 0,
                };
                let dl = &*tcx.sess().target.data_layout;
                LayoutData::uninhabited_variant(&dl, variant, fields)
            }
            Variants::Multiple { .. } => LayoutData::for_variant(self.layout, variant),
        };
        TyAndLayout { ty: self.ty, layout: tcx.arena().alloc(layout) }
    }
}

fn field_ty<'tcx>(this: TyAndLayout<'tcx>, tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, i: usize) -> Ty<'tcx> {
    match *this.ty.kind() {
        TyKind::Ref(_, pointee, _) | TyKind::RawPtr(pointee, _) => {
            if i == 0 {
                return tcx.mk_mut_ptr(tcx.types().unit);
            }
            match *tcx.struct_tail_for_codegen(pointee, env).kind() {
                TyKind::Slice(_) | TyKind::Str => tcx.types().usize,
                _ => tcx.mk_imm_ref(tcx.lifetimes().re_static, tcx.mk_array(tcx.types().usize, 3)),
            }
        }
        TyKind::Array(elem, _) | TyKind::Slice(elem) => elem,
        TyKind::Str => tcx.types().u8,
        TyKind::Tuple(tys) => tys[i],
        TyKind::Closure(_, args) => args.as_closure().upvar_tys()[i],
        TyKind::Pat(inner, _) => {
            let inner = TyAndLayout { ty: inner, layout: this.layout };
            field_ty(inner, tcx, env, i)
        }
        TyKind::Adt(def, args) => match this.layout.variants {
            Variants::Single { index } => {
                let field = &def.variant(index).fields[FieldIdx::from_usize(i)];
                tcx.field_ty(field, args)
            }
            // The one field of a multi-variant layout is its tag.
            Variants::Multiple { tag, .. } => match tag.primitive() {
                rustc_abi::Primitive::Int(int, signed) => int_ty(tcx, int, signed),
                rustc_abi::Primitive::Pointer(_) => tcx.mk_mut_ptr(tcx.types().unit),
                rustc_abi::Primitive::Float(_) => panic!("a float as a tag"),
            },
            Variants::Empty => panic!("field of the empty type `{}`", this.ty),
        },
        TyKind::Dynamic(..) | TyKind::FnDef(..) => {
            panic!("field {i} of `{}` ({:?})", this.ty, count(&this.layout.fields))
        }
        _ => panic!("field {i} of `{}`", this.ty),
    }
}

fn count(fields: &FieldsShape<FieldIdx>) -> usize {
    fields.count()
}

fn int_ty<'tcx>(tcx: TyCtxt<'tcx>, int: rustc_abi::Integer, signed: bool) -> Ty<'tcx> {
    let t = tcx.types();
    match (int, signed) {
        (rustc_abi::Integer::I8, true) => t.i8,
        (rustc_abi::Integer::I16, true) => t.i16,
        (rustc_abi::Integer::I32, true) => t.i32,
        (rustc_abi::Integer::I64, true) => t.i64,
        (rustc_abi::Integer::I128, true) => t.i128,
        (rustc_abi::Integer::I8, false) => t.u8,
        (rustc_abi::Integer::I16, false) => t.u16,
        (rustc_abi::Integer::I32, false) => t.u32,
        (rustc_abi::Integer::I64, false) => t.u64,
        (rustc_abi::Integer::I128, false) => t.u128,
    }
}
