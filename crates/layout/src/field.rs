//! Layouts of fields and variants.

use std::cell::RefCell;

use query::TyCtxt;
use rustc_abi::{LayoutData, Variants};
use span::FxHashMap;
use ty::layout::{Layout, LayoutError, TyAndLayout};
use ty::{FieldIdx, Ty, TyKind, TypingEnv, VariantIdx};

/// Parts of a layout, for monomorphic types (or where the environment says enough).
pub trait LayoutExt<'tcx>: Sized {
    /// The layout of field `i` in source order; of wide pointers 0 is the address, 1 the metadata.
    fn field(self, tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, i: usize) -> TyAndLayout<'tcx>;
    /// As [`LayoutExt::field`] where the field's type may have no layout (it is generic, or contains an error).
    fn try_field(
        self,
        tcx: TyCtxt<'tcx>,
        env: TypingEnv<'tcx>,
        i: usize,
    ) -> Result<TyAndLayout<'tcx>, LayoutError<'tcx>>;
    /// The layout of a variant, as a struct at the enum's address.
    fn for_variant(self, tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, variant: VariantIdx) -> TyAndLayout<'tcx>;
}

/// Variants' layouts are made once: by the enum's type and layout, and the variant.
struct VariantLayouts;
type VariantTable<'tcx> = RefCell<FxHashMap<(Ty<'tcx>, *const (), VariantIdx), Layout<'tcx>>>;

/// Fields' layouts in fully monomorphic code, by the type, its layout (the variant) and the field.
struct FieldLayouts;
type FieldTable<'tcx> = RefCell<FxHashMap<(Ty<'tcx>, *const (), usize), TyAndLayout<'tcx>>>;

fn address(layout: Layout<'_>) -> *const () {
    std::ptr::from_ref(layout).cast()
}

impl<'tcx> LayoutExt<'tcx> for TyAndLayout<'tcx> {
    fn field(self, tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, i: usize) -> TyAndLayout<'tcx> {
        self.try_field(tcx, env, i).unwrap_or_else(|e| panic!("field {i} of `{}` has no layout: {e:?}", self.ty))
    }

    fn try_field(
        self,
        tcx: TyCtxt<'tcx>,
        env: TypingEnv<'tcx>,
        i: usize,
    ) -> Result<TyAndLayout<'tcx>, LayoutError<'tcx>> {
        let mono = env == TypingEnv::fully_monomorphized();
        let table = tcx.slot::<FieldLayouts, FieldTable<'tcx>>(Default::default);
        let key = (self.ty, address(self.layout), i);
        if mono {
            if let Some(&found) = table.borrow().get(&key) {
                return Ok(found);
            }
        }
        let ty = field_ty(self, tcx, env, i);
        let ty = tcx.normalize_erasing_regions(env, ty);
        let layout = tcx.layout_of(env.as_query_input(ty))?;
        if mono {
            table.borrow_mut().insert(key, layout);
        }
        Ok(layout)
    }

    fn for_variant(self, tcx: TyCtxt<'tcx>, _env: TypingEnv<'tcx>, variant: VariantIdx) -> TyAndLayout<'tcx> {
        if let Variants::Single { index } = self.layout.variants {
            // A union or struct has one variant; an enum with one inhabited variant may still be asked for the others.
            if index == variant {
                return self;
            }
        }
        let table = tcx.slot::<VariantLayouts, VariantTable<'tcx>>(Default::default);
        let key = (self.ty, address(self.layout), variant);
        if let Some(&layout) = table.borrow().get(&key) {
            return TyAndLayout { ty: self.ty, layout };
        }
        let layout = match self.layout.variants {
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
        let layout: Layout<'tcx> = tcx.arena().alloc(layout);
        table.borrow_mut().insert(key, layout);
        TyAndLayout { ty: self.ty, layout }
    }
}

fn field_ty<'tcx>(this: TyAndLayout<'tcx>, tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, i: usize) -> Ty<'tcx> {
    match *this.ty.kind() {
        TyKind::Ref(_, pointee, _) | TyKind::RawPtr(pointee, _) => {
            if i == 0 {
                let unit_ptr = tcx.mk_mut_ptr(tcx.types().unit);
                // The address keeps its niche: it is a reference or a raw pointer as the whole is.
                return if this.ty.is_raw_ptr() {
                    unit_ptr
                } else {
                    tcx.mk_mut_ref(tcx.lifetimes().re_static, tcx.types().unit)
                };
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
        TyKind::CoroutineClosure(_, args) => args.as_coroutine_closure().tupled_upvars_ty().tuple_fields()[i],
        TyKind::Coroutine(def_id, args) => match &this.layout.variants {
            Variants::Single { index } => tcx.coroutine_state_field_ty(def_id, args, *index, FieldIdx::from_usize(i)),
            Variants::Multiple { tag, tag_field, .. } if tag_field.as_usize() == i => match tag.primitive() {
                rustc_abi::Primitive::Int(int, signed) => int_ty(tcx, int, signed),
                _ => panic!("a coroutine's state is an integer"),
            },
            Variants::Multiple { .. } => args.as_coroutine().upvar_tys()[i],
            Variants::Empty => panic!("field of the empty type `{}`", this.ty),
        },
        TyKind::Pat(inner, _) => {
            let inner = TyAndLayout { ty: inner, layout: this.layout };
            field_ty(inner, tcx, env, i)
        }
        TyKind::UnsafeBinder(inner) => {
            let ty = tcx.instantiate_bound_regions_with_erased(inner);
            field_ty(TyAndLayout { ty, layout: this.layout }, tcx, env, i)
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
        _ => panic!("field {i} of `{}` ({} fields)", this.ty, this.layout.fields.count()),
    }
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
