//! Temporaries and literals.

use mir::{Const, ConstOperand, Local, LocalDecl, Operand, Place};
use span::Span;
use ty::Ty;

use super::Builder;
use crate::region::TempLifetime;

impl<'a, 'tcx> Builder<'a, 'tcx> {
    /// A temporary without storage markers or drop: for values that are used at once.
    pub(super) fn temp(&mut self, ty: Ty<'tcx>, span: Span) -> Place<'tcx> {
        // Markers would only cost: the value is moved or trivial.
        let local: Local = self.local_decls.push(LocalDecl::new(ty, span));
        local.into()
    }

    /// That of the innermost scope.
    pub(super) fn local_temp_lifetime(&self) -> TempLifetime {
        let temp_lifetime = Some(self.local_scope());
        TempLifetime { temp_lifetime, backwards_incompatible: None }
    }

    pub(super) fn literal_operand(&self, span: Span, const_: Const<'tcx>) -> Operand<'tcx> {
        Operand::Constant(Box::new(ConstOperand { span, user_ty: None, const_ }))
    }

    /// An integer of the type's width.
    pub(super) fn int_literal(&self, span: Span, ty: Ty<'tcx>, bits: u128) -> Operand<'tcx> {
        let size = ty.primitive_int_bits().unwrap_or(64) / 8;
        self.literal_operand(span, Const::from_bits(ty::truncate(bits, size), size, ty))
    }

    pub(super) fn zero_literal(&self, span: Span, ty: Ty<'tcx>) -> Operand<'tcx> {
        self.int_literal(span, ty, 0)
    }

    pub(super) fn neg_1_literal(&self, span: Span, ty: Ty<'tcx>) -> Operand<'tcx> {
        self.int_literal(span, ty, u128::MAX)
    }

    /// The least value of a signed type.
    pub(super) fn minval_literal(&self, span: Span, ty: Ty<'tcx>) -> Operand<'tcx> {
        self.int_literal(span, ty, crate::thir::numeric_min(ty))
    }

    /// A copy of the place's value, or the value itself where the type cannot be copied.
    pub(super) fn consume_by_copy_or_move(&self, place: Place<'tcx>) -> Operand<'tcx> {
        use query::PlaceTyExt;
        let ty = place.ty(&self.local_decls, self.tcx).ty;
        if self.tcx.type_is_copy_modulo_regions(self.typing_env, ty) {
            Operand::Copy(place)
        } else {
            Operand::Move(place)
        }
    }

    pub(super) fn bool_const(&self, span: Span, value: bool) -> ConstOperand<'tcx> {
        ConstOperand { span, user_ty: None, const_: Const::from_bool(self.tcx.interner(), value) }
    }

    /// Where values of loop bodies go.
    pub(super) fn get_unit_temp(&mut self) -> Place<'tcx> {
        match self.unit_temp {
            Some(tmp) => tmp,
            None => {
                let tmp = self.temp(self.tcx.types().unit, self.fn_span);
                self.unit_temp = Some(tmp);
                tmp
            }
        }
    }
}
