//! Lang items: what the language itself needs of the library, marked there with `#[lang = "name"]`.
//!
//! The names are those of rustc 1.95's library. The table at the end lists each with what it must be and how many
//! generic parameters (besides a trait's `Self`) it must have.

use macros::{Decodable, Encodable};
use span::def_id::DefId;
use span::{FxIndexMap, Symbol};

use crate::target::{MethodKind, Target};

/// The lang items found in the crate and in those that it depends on.
#[derive(Clone, Debug, Default)]
pub struct LanguageItems {
    items: FxIndexMap<LangItem, DefId>,
    reverse_items: FxIndexMap<DefId, LangItem>,
    /// Those without a definition, which some dependency needs (weak lang items).
    pub missing: Vec<LangItem>,
}

impl LanguageItems {
    pub fn new() -> Self {
        Self::default()
    }

    #[inline]
    pub fn get(&self, item: LangItem) -> Option<DefId> {
        self.items.get(&item).copied()
    }

    /// Sets the definition; the first one of an item stays.
    pub fn set(&mut self, item: LangItem, def_id: DefId) {
        self.items.entry(item).or_insert(def_id);
        self.reverse_items.entry(def_id).or_insert(item);
    }

    pub fn from_def_id(&self, def_id: DefId) -> Option<LangItem> {
        self.reverse_items.get(&def_id).copied()
    }

    /// Whether the definition is this item.
    pub fn is_lang_item(&self, def_id: DefId, item: LangItem) -> bool {
        self.get(item) == Some(def_id)
    }

    pub fn iter(&self) -> impl Iterator<Item = (LangItem, DefId)> + '_ {
        self.items.iter().map(|(&item, &def_id)| (item, def_id))
    }
}

/// How many generic parameters a lang item must have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GenericRequirement {
    None,
    Minimum(usize),
    Exact(usize),
}

impl LangItem {
    /// The item's name in `#[lang = "name"]`.
    pub fn name(self) -> Symbol {
        Symbol::intern(self.name_str())
    }

    /// A crate may use it without a definition; the final program needs one.
    pub fn is_weak(self) -> bool {
        self.link_name().is_some()
    }

    /// The symbol of a weak item.
    pub fn link_name(self) -> Option<&'static str> {
        match self {
            LangItem::PanicImpl => Some("rust_begin_unwind"),
            LangItem::EhPersonality => Some("rust_eh_personality"),
            LangItem::EhCatchTypeinfo => Some("rust_eh_catch_typeinfo"),
            _ => None,
        }
    }

    /// The weak item that an extern block's item of this name stands for.
    pub fn from_link_name(name: &str) -> Option<LangItem> {
        WEAK_LANG_ITEMS.iter().copied().find(|item| item.link_name() == Some(name))
    }
}

/// The weak lang items.
pub const WEAK_LANG_ITEMS: &[LangItem] = &[LangItem::PanicImpl, LangItem::EhPersonality, LangItem::EhCatchTypeinfo];

/// `Fn`, `FnMut`, `FnOnce`
pub const FN_TRAITS: &[LangItem] = &[LangItem::Fn, LangItem::FnMut, LangItem::FnOnce];

/// The traits of binary operators.
pub const BINARY_OPERATORS: &[LangItem] = &[
    LangItem::Add,
    LangItem::Sub,
    LangItem::Mul,
    LangItem::Div,
    LangItem::Rem,
    LangItem::BitXor,
    LangItem::BitAnd,
    LangItem::BitOr,
    LangItem::Shl,
    LangItem::Shr,
    LangItem::AddAssign,
    LangItem::SubAssign,
    LangItem::MulAssign,
    LangItem::DivAssign,
    LangItem::RemAssign,
    LangItem::BitXorAssign,
    LangItem::BitAndAssign,
    LangItem::BitOrAssign,
    LangItem::ShlAssign,
    LangItem::ShrAssign,
    LangItem::Index,
    LangItem::IndexMut,
    LangItem::PartialEq,
    LangItem::PartialOrd,
];

macro_rules! generics {
    () => {
        GenericRequirement::None
    };
    (= $n:literal) => {
        GenericRequirement::Exact($n)
    };
    (>= $n:literal) => {
        GenericRequirement::Minimum($n)
    };
}

macro_rules! lang_items {
    ($($target:expr => { $($Variant:ident $name:literal $method:ident $([$($generics:tt)*])?;)* })*) => {
        /// The lang items.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
        #[allow(missing_docs)]
        pub enum LangItem { $($($Variant,)*)* }

        impl LangItem {
            /// The item's name in `#[lang = "name"]`.
            pub fn name_str(self) -> &'static str {
                match self { $($(LangItem::$Variant => $name,)*)* }
            }

            /// The item of this name.
            pub fn from_name(name: Symbol) -> Option<Self> {
                match name.as_str() {
                    $($($name => Some(LangItem::$Variant),)*)*
                    _ => None,
                }
            }

            /// What it must be.
            pub fn target(self) -> Target {
                match self { $($(LangItem::$Variant)|* => $target,)* }
            }

            /// How many generic parameters it must have.
            pub fn required_generics(self) -> GenericRequirement {
                match self { $($(LangItem::$Variant => generics!($($($generics)*)?),)*)* }
            }
        }

        #[allow(missing_docs)]
        impl LanguageItems {
            $($(#[inline] pub fn $method(&self) -> Option<DefId> { self.get(LangItem::$Variant) })*)*
        }
    };
}

lang_items! {
    Target::Trait => {
        Sized "sized" sized_trait [= 0];
        MetaSized "meta_sized" meta_sized_trait [= 0];
        PointeeSized "pointee_sized" pointee_sized_trait [= 0];
        Unsize "unsize" unsize_trait [>= 1];
        StructuralPeq "structural_peq" structural_peq_trait;
        Copy "copy" copy_trait [= 0];
        Clone "clone" clone_trait;
        UseCloned "use_cloned" use_cloned_trait;
        TrivialClone "trivial_clone" trivial_clone_trait;
        Sync "sync" sync_trait [= 0];
        DiscriminantKind "discriminant_kind" discriminant_kind_trait;
        PointeeTrait "pointee_trait" pointee_trait;
        Freeze "freeze" freeze_trait [= 0];
        UnsafeUnpin "unsafe_unpin" unsafe_unpin_trait [= 0];
        FnPtrTrait "fn_ptr_trait" fn_ptr_trait [= 0];
        Drop "drop" drop_trait;
        Destruct "destruct" destruct_trait;
        AsyncDrop "async_drop" async_drop_trait;
        CoerceUnsized "coerce_unsized" coerce_unsized_trait [>= 1];
        DispatchFromDyn "dispatch_from_dyn" dispatch_from_dyn_trait [>= 1];
        TransmuteTrait "transmute_trait" transmute_trait [= 2];
        Add "add" add_trait [= 1];
        Sub "sub" sub_trait [= 1];
        Mul "mul" mul_trait [= 1];
        Div "div" div_trait [= 1];
        Rem "rem" rem_trait [= 1];
        Neg "neg" neg_trait [= 0];
        Not "not" not_trait [= 0];
        BitXor "bitxor" bitxor_trait [= 1];
        BitAnd "bitand" bitand_trait [= 1];
        BitOr "bitor" bitor_trait [= 1];
        Shl "shl" shl_trait [= 1];
        Shr "shr" shr_trait [= 1];
        AddAssign "add_assign" add_assign_trait [= 1];
        SubAssign "sub_assign" sub_assign_trait [= 1];
        MulAssign "mul_assign" mul_assign_trait [= 1];
        DivAssign "div_assign" div_assign_trait [= 1];
        RemAssign "rem_assign" rem_assign_trait [= 1];
        BitXorAssign "bitxor_assign" bitxor_assign_trait [= 1];
        BitAndAssign "bitand_assign" bitand_assign_trait [= 1];
        BitOrAssign "bitor_assign" bitor_assign_trait [= 1];
        ShlAssign "shl_assign" shl_assign_trait [= 1];
        ShrAssign "shr_assign" shr_assign_trait [= 1];
        Index "index" index_trait [= 1];
        IndexMut "index_mut" index_mut_trait [= 1];
        Deref "deref" deref_trait [= 0];
        DerefMut "deref_mut" deref_mut_trait [= 0];
        DerefPure "deref_pure" deref_pure_trait [= 0];
        Receiver "receiver" receiver_trait;
        LegacyReceiver "legacy_receiver" legacy_receiver_trait;
        Fn "fn" fn_trait [= 1];
        FnMut "fn_mut" fn_mut_trait [= 1];
        FnOnce "fn_once" fn_once_trait [= 1];
        AsyncFn "async_fn" async_fn_trait [= 1];
        AsyncFnMut "async_fn_mut" async_fn_mut_trait [= 1];
        AsyncFnOnce "async_fn_once" async_fn_once_trait [= 1];
        AsyncFnKindHelper "async_fn_kind_helper" async_fn_kind_helper [= 1];
        Iterator "iterator" iterator_trait [= 0];
        FusedIterator "fused_iterator" fused_iterator_trait [= 0];
        Future "future_trait" future_trait [= 0];
        AsyncIterator "async_iterator" async_iterator_trait [= 0];
        Coroutine "coroutine" coroutine_trait [= 1];
        Unpin "unpin" unpin_trait;
        PartialEq "eq" eq_trait [= 1];
        PartialOrd "partial_ord" partial_ord_trait [= 1];
        BikeshedGuaranteedNoDrop "bikeshed_guaranteed_no_drop" bikeshed_guaranteed_no_drop [= 0];
        Termination "termination" termination;
        Try "Try" try_trait;
        Tuple "tuple_trait" tuple_trait [= 0];
        CoercePointeeValidated "coerce_pointee_validated" coerce_pointee_validated_trait [= 0];
        ConstParamTy "const_param_ty" const_param_ty_trait [= 0];
        Reborrow "reborrow" reborrow [= 0];
        CoerceShared "coerce_shared" coerce_shared;
    }
    Target::AssocTy => {
        Discriminant "discriminant_type" discriminant_type;
        Metadata "metadata_type" metadata_type;
        DerefTarget "deref_target" deref_target;
        ReceiverTarget "receiver_target" receiver_target;
        AsyncFnOnceOutput "async_fn_once_output" async_fn_once_output [= 1];
        CallOnceFuture "call_once_future" call_once_future [= 1];
        CallRefFuture "call_ref_future" call_ref_future [= 2];
        AsyncFnKindUpvars "async_fn_kind_upvars" async_fn_kind_upvars [= 5];
        FnOnceOutput "fn_once_output" fn_once_output;
        FutureOutput "future_output" future_output [= 0];
        CoroutineReturn "coroutine_return" coroutine_return [= 1];
        CoroutineYield "coroutine_yield" coroutine_yield [= 1];
    }
    Target::AssocConst => {
        AlignOf "mem_align_const" align_const [= 0];
        SizeOf "mem_size_const" size_const [= 0];
        AsyncGenPending "AsyncGenPending" async_gen_pending [= 1];
        AsyncGenFinished "AsyncGenFinished" async_gen_finished [= 1];
        RangeMax "RangeMax" range_max [= 0];
        RangeMin "RangeMin" range_min [= 0];
    }
    Target::Struct => {
        DynMetadata "dyn_metadata" dyn_metadata;
        TransmuteOpts "transmute_opts" transmute_opts [= 0];
        UnsafeCell "unsafe_cell" unsafe_cell_type;
        UnsafePinned "unsafe_pinned" unsafe_pinned_type;
        VaList "va_list" va_list;
        Pin "pin" pin_type;
        Type "type_info" type_struct;
        TypeId "type_id" type_id;
        PanicInfo "panic_info" panic_info;
        PanicLocation "panic_location" panic_location;
        FormatArgument "format_argument" format_argument;
        FormatArguments "format_arguments" format_arguments;
        AllocLayout "alloc_layout" alloc_layout;
        OwnedBox "owned_box" owned_box [>= 1];
        GlobalAlloc "global_alloc_ty" global_alloc_ty;
        PhantomData "phantom_data" phantom_data [= 1];
        ManuallyDrop "manually_drop" manually_drop;
        ResumeTy "ResumeTy" resume_ty;
        Context "Context" context;
        RangeFrom "RangeFrom" range_from_struct;
        RangeFull "RangeFull" range_full_struct;
        RangeInclusiveStruct "RangeInclusive" range_inclusive_struct;
        Range "Range" range_struct;
        RangeToInclusive "RangeToInclusive" range_to_inclusive_struct;
        RangeTo "RangeTo" range_to_struct;
        RangeFromCopy "RangeFromCopy" range_from_copy_struct;
        RangeCopy "RangeCopy" range_copy_struct;
        RangeInclusiveCopy "RangeInclusiveCopy" range_inclusive_copy_struct;
        RangeToInclusiveCopy "RangeToInclusiveCopy" range_to_inclusive_copy_struct;
        String "String" string;
        CStr "CStr" c_str;
    }
    Target::Union => {
        MaybeUninit "maybe_uninit" maybe_uninit;
    }
    Target::Enum => {
        CoroutineState "coroutine_state" coroutine_state;
        OrderingEnum "Ordering" ordering_enum [= 0];
        CVoid "c_void" c_void;
        Poll "Poll" poll;
        Option "Option" option_type;
    }
    Target::Variant => {
        PollReady "Ready" poll_ready_variant;
        PollPending "Pending" poll_pending_variant;
        OptionSome "Some" option_some_variant;
        OptionNone "None" option_none_variant;
        ResultOk "Ok" result_ok_variant;
        ResultErr "Err" result_err_variant;
        ControlFlowContinue "Continue" cf_continue_variant;
        ControlFlowBreak "Break" cf_break_variant;
    }
    Target::Static => {
        EhCatchTypeinfo "eh_catch_typeinfo" eh_catch_typeinfo;
    }
    Target::Fn => {
        OffsetOf "offset_of" offset_of [= 1];
        AsyncDropInPlace "async_drop_in_place" async_drop_in_place_fn [= 1];
        Panic "panic" panic_fn [= 0];
        PanicNounwind "panic_nounwind" panic_nounwind [= 0];
        PanicFmt "panic_fmt" panic_fmt;
        PanicDisplay "panic_display" panic_display;
        ConstPanicFmt "const_panic_fmt" const_panic_fmt;
        AlignOffset "align_offset" align_offset_fn;
        PanicBoundsCheck "panic_bounds_check" panic_bounds_check_fn [= 0];
        PanicMisalignedPointerDereference "panic_misaligned_pointer_dereference"
            panic_misaligned_pointer_dereference_fn [= 0];
        PanicImpl "panic_impl" panic_impl;
        PanicCannotUnwind "panic_cannot_unwind" panic_cannot_unwind [= 0];
        PanicInCleanup "panic_in_cleanup" panic_in_cleanup [= 0];
        PanicAddOverflow "panic_const_add_overflow" panic_const_add_overflow;
        PanicSubOverflow "panic_const_sub_overflow" panic_const_sub_overflow;
        PanicMulOverflow "panic_const_mul_overflow" panic_const_mul_overflow;
        PanicDivOverflow "panic_const_div_overflow" panic_const_div_overflow;
        PanicRemOverflow "panic_const_rem_overflow" panic_const_rem_overflow;
        PanicNegOverflow "panic_const_neg_overflow" panic_const_neg_overflow;
        PanicShrOverflow "panic_const_shr_overflow" panic_const_shr_overflow;
        PanicShlOverflow "panic_const_shl_overflow" panic_const_shl_overflow;
        PanicDivZero "panic_const_div_by_zero" panic_const_div_by_zero;
        PanicRemZero "panic_const_rem_by_zero" panic_const_rem_by_zero;
        PanicCoroutineResumed "panic_const_coroutine_resumed" panic_const_coroutine_resumed;
        PanicAsyncFnResumed "panic_const_async_fn_resumed" panic_const_async_fn_resumed;
        PanicAsyncGenFnResumed "panic_const_async_gen_fn_resumed" panic_const_async_gen_fn_resumed;
        PanicGenFnNone "panic_const_gen_fn_none" panic_const_gen_fn_none;
        PanicCoroutineResumedPanic "panic_const_coroutine_resumed_panic" panic_const_coroutine_resumed_panic;
        PanicAsyncFnResumedPanic "panic_const_async_fn_resumed_panic" panic_const_async_fn_resumed_panic;
        PanicAsyncGenFnResumedPanic "panic_const_async_gen_fn_resumed_panic" panic_const_async_gen_fn_resumed_panic;
        PanicGenFnNonePanic "panic_const_gen_fn_none_panic" panic_const_gen_fn_none_panic;
        PanicCoroutineResumedDrop "panic_const_coroutine_resumed_drop" panic_const_coroutine_resumed_drop;
        PanicAsyncFnResumedDrop "panic_const_async_fn_resumed_drop" panic_const_async_fn_resumed_drop;
        PanicAsyncGenFnResumedDrop "panic_const_async_gen_fn_resumed_drop" panic_const_async_gen_fn_resumed_drop;
        PanicGenFnNoneDrop "panic_const_gen_fn_none_drop" panic_const_gen_fn_none_drop;
        PanicNullPointerDereference "panic_null_pointer_dereference" panic_null_pointer_dereference;
        PanicInvalidEnumConstruction "panic_invalid_enum_construction" panic_invalid_enum_construction;
        BeginPanic "begin_panic" begin_panic_fn;
        DropInPlace "drop_in_place" drop_in_place_fn [>= 1];
        Start "start" start_fn [= 1];
        EhPersonality "eh_personality" eh_personality;
        CompilerMove "compiler_move" compiler_move_fn [= 2];
        CompilerCopy "compiler_copy" compiler_copy_fn [= 2];
        TryTraitFromYeet "from_yeet" from_yeet_fn;
        ResidualIntoTryType "into_try_type" into_try_type_fn;
        GetContext "get_context" get_context_fn;
        ContractBuildCheckEnsures "contract_build_check_ensures" contract_build_check_ensures_fn;
        ContractCheckRequires "contract_check_requires" contract_check_requires_fn;
        ContractCheckEnsures "contract_check_ensures" contract_check_ensures_fn;
    }
    Target::Method(MethodKind::Trait { body: false }) => {
        CloneFn "clone_fn" clone_fn;
        FnPtrAddr "fn_ptr_addr" fn_ptr_addr;
        CoroutineResume "coroutine_resume" coroutine_resume;
        TryTraitFromResidual "from_residual" from_residual_fn;
        TryTraitFromOutput "from_output" from_output_fn;
        TryTraitBranch "branch" branch_fn;
        FuturePoll "poll" future_poll_fn;
        AsyncIteratorPollNext "async_iterator_poll_next" async_iterator_poll_next [= 0];
        IntoAsyncIterIntoIter "into_async_iter_into_iter" into_async_iter_into_iter [= 0];
        IntoFutureIntoFuture "into_future" into_future_fn;
        IntoIterIntoIter "into_iter" into_iter_fn;
        IteratorNext "next" next_fn;
        RangeSub "RangeSub" range_sub [= 0];
    }
    Target::Method(MethodKind::Inherent) => {
        SliceLen "slice_len_fn" slice_len_fn;
        AsyncGenReady "AsyncGenReady" async_gen_ready [= 1];
        PinNewUnchecked "new_unchecked" new_unchecked_fn;
        RangeInclusiveNew "range_inclusive_new" range_inclusive_new_method;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_items() {
        span::create_default_session_globals_then(|| {
            for item in [LangItem::Sized, LangItem::Fn, LangItem::OptionSome, LangItem::RangeInclusiveNew] {
                assert_eq!(LangItem::from_name(item.name()), Some(item));
            }
            assert_eq!(LangItem::Fn.name_str(), "fn");
            assert_eq!(LangItem::from_name(Symbol::intern("no such item")), None);
        });
    }
}
