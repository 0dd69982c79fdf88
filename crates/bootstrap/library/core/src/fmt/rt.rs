//! What `format_args!` refers to.

use super::*;

#[derive(Copy, Clone)]
enum ArgumentType<'a> {
    Placeholder {
        value: NonNull<()>,
        formatter: unsafe fn(NonNull<()>, &mut Formatter<'_>) -> Result,
        _lifetime: PhantomData<&'a ()>,
    },
    Count(u16),
}

/// A value with the function that formats it, or a width or precision.
#[lang = "format_argument"]
#[derive(Copy, Clone)]
#[repr(align(2))]
pub struct Argument<'a> {
    ty: ArgumentType<'a>,
}

impl Argument<'_> {
    #[inline]
    const fn new<'a, T>(x: &'a T, f: fn(&T, &mut Formatter<'_>) -> Result) -> Argument<'a> {
        Argument {
            ty: ArgumentType::Placeholder {
                value: NonNull::from_ref(x).cast(),
                // A reference and a `NonNull` are passed alike.
                formatter: unsafe { mem::transmute(f) },
                _lifetime: PhantomData,
            },
        }
    }

    #[inline]
    pub const fn new_display<T: Display>(x: &T) -> Argument<'_> {
        Self::new(x, <T as Display>::fmt)
    }

    #[inline]
    pub const fn new_debug<T: Debug>(x: &T) -> Argument<'_> {
        Self::new(x, <T as Debug>::fmt)
    }

    #[inline]
    pub const fn new_debug_noop<T: Debug>(x: &T) -> Argument<'_> {
        Self::new(x, |_: &T, _| Ok(()))
    }

    #[inline]
    pub const fn new_octal<T: Octal>(x: &T) -> Argument<'_> {
        Self::new(x, <T as Octal>::fmt)
    }

    #[inline]
    pub const fn new_lower_hex<T: LowerHex>(x: &T) -> Argument<'_> {
        Self::new(x, <T as LowerHex>::fmt)
    }

    #[inline]
    pub const fn new_upper_hex<T: UpperHex>(x: &T) -> Argument<'_> {
        Self::new(x, <T as UpperHex>::fmt)
    }

    #[inline]
    pub const fn new_pointer<T: Pointer>(x: &T) -> Argument<'_> {
        Self::new(x, <T as Pointer>::fmt)
    }

    #[inline]
    pub const fn new_binary<T: Binary>(x: &T) -> Argument<'_> {
        Self::new(x, <T as Binary>::fmt)
    }

    #[inline]
    pub const fn new_lower_exp<T: LowerExp>(x: &T) -> Argument<'_> {
        Self::new(x, <T as LowerExp>::fmt)
    }

    #[inline]
    pub const fn new_upper_exp<T: UpperExp>(x: &T) -> Argument<'_> {
        Self::new(x, <T as UpperExp>::fmt)
    }

    #[inline]
    #[track_caller]
    pub const fn from_usize(x: &usize) -> Argument<'_> {
        if *x > u16::MAX as usize {
            panic!("Formatting argument out of range");
        }
        Argument { ty: ArgumentType::Count(*x as u16) }
    }

    #[inline]
    pub(super) unsafe fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.ty {
            ArgumentType::Placeholder { formatter, value, .. } => unsafe { formatter(value, f) },
            ArgumentType::Count(_) => Err(Error),
        }
    }

    #[inline]
    pub(super) const fn as_u16(&self) -> Option<u16> {
        match self.ty {
            ArgumentType::Count(count) => Some(count),
            ArgumentType::Placeholder { .. } => None,
        }
    }
}
