//! Shared pointers for one thread.

use core::any::Any;
use core::borrow::Borrow;
use core::cell::Cell;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::{PhantomData, Unsize};
use core::mem::{self, ManuallyDrop, MaybeUninit};
use core::ops::{CoerceUnsized, Deref, DerefPure, DispatchFromDyn, LegacyReceiver};
use core::panic::{RefUnwindSafe, UnwindSafe};
use core::pin::{Pin, PinCoerceUnsized};
use core::ptr::{self, NonNull};

use crate::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use crate::borrow::{Cow, ToOwned};
use crate::boxed::Box;
use crate::string::String;
use crate::vec::Vec;

/// The counters and the value. All strong pointers together hold one weak one.
#[repr(C)]
struct RcInner<T: ?Sized> {
    strong: Counter,
    weak: Counter,
    value: T,
}

struct Counter(Cell<usize>);

impl Counter {
    #[inline(always)]
    const fn new(n: usize) -> Counter {
        Counter(Cell::new(n))
    }

    #[inline(always)]
    fn load(&self) -> usize {
        self.0.get()
    }

    #[inline(always)]
    fn store(&self, n: usize) {
        self.0.set(n)
    }

    /// One owner more.
    #[inline(always)]
    fn join(&self) {
        let n = self.0.get().wrapping_add(1);
        self.0.set(n);
        // Only after forgetting so many pointers that the counter comes round.
        if n == 0 {
            core::intrinsics::abort();
        }
    }

    #[inline]
    fn join_if_any(&self) -> bool {
        let any = self.0.get() != 0;
        if any {
            self.join();
        }
        any
    }

    /// One owner less; whether it was the last.
    #[inline(always)]
    fn leave(&self) -> bool {
        let n = self.0.get() - 1;
        self.0.set(n);
        n == 0
    }

    #[inline]
    fn leave_if_one(&self) -> bool {
        let one = self.0.get() == 1;
        if one {
            self.0.set(0);
        }
        one
    }
}

/// A shared pointer that counts its owners.
#[rustc_diagnostic_item = "Rc"]
#[rustc_insignificant_dtor]
pub struct Rc<T: ?Sized> {
    ptr: NonNull<RcInner<T>>,
    phantom: PhantomData<RcInner<T>>,
}

impl<T: ?Sized> !Send for Rc<T> {}
impl<T: ?Sized> !Sync for Rc<T> {}
impl<T: RefUnwindSafe + ?Sized> UnwindSafe for Rc<T> {}
impl<T: RefUnwindSafe + ?Sized> RefUnwindSafe for Rc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Rc<U>> for Rc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Rc<U>> for Rc<T> {}
unsafe impl<T: ?Sized> PinCoerceUnsized for Rc<T> {}

/// The memory of the counters and a value of a layout.
fn allocate(value: Layout) -> *mut u8 {
    let (layout, _) = Layout::new::<RcInner<()>>().extend(value).unwrap();
    let layout = layout.pad_to_align();
    let ptr = unsafe { alloc(layout) };
    if ptr.is_null() {
        handle_alloc_error(layout);
    }
    unsafe {
        let inner = ptr as *mut RcInner<()>;
        (&raw mut (*inner).strong).write(Counter::new(1));
        (&raw mut (*inner).weak).write(Counter::new(1));
    }
    ptr
}

/// How far the value is from the start.
fn data_offset(align: usize) -> usize {
    (size_of::<RcInner<()>>() + align - 1) & !(align - 1)
}

impl<T: ?Sized> Rc<T> {
    #[inline(always)]
    fn inner(&self) -> &RcInner<T> {
        unsafe { self.ptr.as_ref() }
    }

    #[inline]
    unsafe fn from_inner(ptr: NonNull<RcInner<T>>) -> Self {
        Self { ptr, phantom: PhantomData }
    }

    /// Moves a value of any size out of other memory, which is not touched further.
    unsafe fn from_value(value: *const T) -> Self {
        unsafe {
            let layout = Layout::for_value_raw(value);
            let memory = allocate(layout);
            let to = memory.add(data_offset(layout.align()));
            ptr::copy_nonoverlapping(value as *const u8, to, layout.size());
            let shape = value as *mut RcInner<T>;
            let inner = ptr::from_raw_parts_mut(memory as *mut (), ptr::metadata(shape));
            Self::from_inner(NonNull::new_unchecked(inner))
        }
    }

    #[cold]
    #[inline(never)]
    unsafe fn drop_slow(&mut self) {
        // The weak pointer of all strong ones goes after the value, even if its drop panics.
        let _weak = Weak { ptr: self.ptr };
        unsafe { ptr::drop_in_place(&mut (*self.ptr.as_ptr()).value) };
    }
}

impl<T> Rc<T> {
    #[must_use]
    #[inline]
    pub fn new(value: T) -> Rc<T> {
        let inner = RcInner { strong: Counter::new(1), weak: Counter::new(1), value };
        unsafe { Self::from_inner(NonNull::from(Box::leak(Box::new(inner)))) }
    }

    pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(data_fn: F) -> Rc<T> {
        let uninit: NonNull<_> = NonNull::from(Box::leak(Box::new(RcInner {
            strong: Counter::new(0),
            weak: Counter::new(1),
            value: MaybeUninit::<T>::uninit(),
        })));
        let init: NonNull<RcInner<T>> = uninit.cast();
        let weak = Weak { ptr: init };
        let data = data_fn(&weak);
        unsafe {
            let inner = init.as_ptr();
            ptr::write(&raw mut (*inner).value, data);
            (*inner).strong.store(1);
        }
        // The strong pointer takes over the weak one.
        mem::forget(weak);
        unsafe { Self::from_inner(init) }
    }

    #[must_use]
    pub fn new_uninit() -> Rc<MaybeUninit<T>> {
        Rc::new(MaybeUninit::uninit())
    }

    #[must_use]
    pub fn pin(value: T) -> Pin<Rc<T>> {
        unsafe { Pin::new_unchecked(Rc::new(value)) }
    }

    #[inline]
    pub fn try_unwrap(this: Self) -> Result<T, Self> {
        if !this.inner().strong.leave_if_one() {
            return Err(this);
        }
        let this = ManuallyDrop::new(this);
        unsafe {
            let value = ptr::read(&(*this.ptr.as_ptr()).value);
            drop(Weak { ptr: this.ptr });
            Ok(value)
        }
    }

    #[inline]
    pub fn into_inner(this: Self) -> Option<T> {
        let this = ManuallyDrop::new(this);
        if !this.inner().strong.leave() {
            return None;
        }
        unsafe {
            let value = ptr::read(&(*this.ptr.as_ptr()).value);
            drop(Weak { ptr: this.ptr });
            Some(value)
        }
    }

    #[inline]
    pub fn unwrap_or_clone(this: Self) -> T
    where
        T: Clone,
    {
        Rc::try_unwrap(this).unwrap_or_else(|rc| (*rc).clone())
    }
}

impl<T> Rc<MaybeUninit<T>> {
    #[inline]
    pub unsafe fn assume_init(self) -> Rc<T> {
        let this = ManuallyDrop::new(self);
        unsafe { Rc::from_inner(this.ptr.cast()) }
    }
}

impl<T: ?Sized> Rc<T> {
    #[inline]
    pub unsafe fn from_raw(ptr: *const T) -> Self {
        unsafe {
            let offset = data_offset(mem::align_of_val_raw(ptr));
            let shape = ptr as *mut RcInner<T>;
            let start = (ptr as *const u8).sub(offset) as *mut ();
            let inner = ptr::from_raw_parts_mut(start, ptr::metadata(shape));
            Self::from_inner(NonNull::new_unchecked(inner))
        }
    }

    #[must_use = "losing the pointer will leak memory"]
    pub fn into_raw(this: Self) -> *const T {
        let this = ManuallyDrop::new(this);
        Self::as_ptr(&*this)
    }

    pub fn as_ptr(this: &Self) -> *const T {
        unsafe { &raw const (*this.ptr.as_ptr()).value }
    }

    #[inline]
    pub unsafe fn increment_strong_count(ptr: *const T) {
        let rc = unsafe { ManuallyDrop::new(Rc::from_raw(ptr)) };
        let _ = ManuallyDrop::new((*rc).clone());
    }

    #[inline]
    pub unsafe fn decrement_strong_count(ptr: *const T) {
        unsafe { drop(Rc::from_raw(ptr)) };
    }

    #[must_use = "this returns a new `Weak` pointer, without modifying the original"]
    pub fn downgrade(this: &Self) -> Weak<T> {
        this.inner().weak.join();
        Weak { ptr: this.ptr }
    }

    #[inline]
    #[must_use]
    pub fn weak_count(this: &Self) -> usize {
        this.inner().weak.load() - 1
    }

    #[inline]
    #[must_use]
    pub fn strong_count(this: &Self) -> usize {
        this.inner().strong.load()
    }

    #[inline]
    pub fn is_unique(this: &Self) -> bool {
        Rc::weak_count(this) == 0 && Rc::strong_count(this) == 1
    }

    #[inline]
    pub fn get_mut(this: &mut Self) -> Option<&mut T> {
        if Rc::is_unique(this) { unsafe { Some(Rc::get_mut_unchecked(this)) } } else { None }
    }

    #[inline]
    pub unsafe fn get_mut_unchecked(this: &mut Self) -> &mut T {
        unsafe { &mut (*this.ptr.as_ptr()).value }
    }

    #[inline]
    #[must_use]
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        ptr::addr_eq(this.ptr.as_ptr(), other.ptr.as_ptr())
    }
}

impl<T: Clone> Rc<T> {
    #[inline]
    pub fn make_mut(this: &mut Self) -> &mut T {
        if Rc::strong_count(this) != 1 {
            *this = Rc::new((**this).clone());
        } else if Rc::weak_count(this) != 0 {
            // Only weak pointers are left: the value moves away from under them.
            unsafe {
                let moved = Rc::new(ptr::read(&**this));
                let old = ManuallyDrop::new(mem::replace(this, moved));
                old.inner().strong.store(0);
                drop(Weak { ptr: old.ptr });
            }
        }
        unsafe { Rc::get_mut_unchecked(this) }
    }
}

impl Rc<dyn Any> {
    #[inline]
    pub fn downcast<T: Any>(self) -> Result<Rc<T>, Self> {
        if (*self).is::<T>() {
            let this = ManuallyDrop::new(self);
            unsafe { Ok(Rc::from_inner(this.ptr.cast())) }
        } else {
            Err(self)
        }
    }
}

impl<T: ?Sized> Deref for Rc<T> {
    type Target = T;
    #[inline(always)]
    fn deref(&self) -> &T {
        &self.inner().value
    }
}

unsafe impl<T: ?Sized> DerefPure for Rc<T> {}
impl<T: ?Sized> LegacyReceiver for Rc<T> {}

unsafe impl<#[may_dangle] T: ?Sized> Drop for Rc<T> {
    #[inline]
    fn drop(&mut self) {
        if self.inner().strong.leave() {
            unsafe { self.drop_slow() };
        }
    }
}

impl<T: ?Sized> Clone for Rc<T> {
    #[inline]
    fn clone(&self) -> Self {
        self.inner().strong.join();
        unsafe { Self::from_inner(self.ptr) }
    }
}

impl<T: Default> Default for Rc<T> {
    #[inline]
    fn default() -> Rc<T> {
        Rc::new(Default::default())
    }
}

impl Default for Rc<str> {
    fn default() -> Self {
        Rc::from("")
    }
}

impl<T> Default for Rc<[T]> {
    fn default() -> Self {
        Rc::from([])
    }
}

impl<T: ?Sized + PartialEq> PartialEq for Rc<T> {
    #[inline]
    fn eq(&self, other: &Rc<T>) -> bool {
        **self == **other
    }
    #[inline]
    fn ne(&self, other: &Rc<T>) -> bool {
        **self != **other
    }
}

impl<T: ?Sized + Eq> Eq for Rc<T> {}

impl<T: ?Sized + PartialOrd> PartialOrd for Rc<T> {
    #[inline]
    fn partial_cmp(&self, other: &Rc<T>) -> Option<Ordering> {
        (**self).partial_cmp(&**other)
    }
}

impl<T: ?Sized + Ord> Ord for Rc<T> {
    #[inline]
    fn cmp(&self, other: &Rc<T>) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl<T: ?Sized + Hash> Hash for Rc<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for Rc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Rc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl<T: ?Sized> fmt::Pointer for Rc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&(&raw const **self), f)
    }
}

impl<T: ?Sized> Borrow<T> for Rc<T> {
    fn borrow(&self) -> &T {
        self
    }
}

impl<T: ?Sized> AsRef<T> for Rc<T> {
    fn as_ref(&self) -> &T {
        self
    }
}

impl<T: ?Sized> Unpin for Rc<T> {}

impl<T: core::error::Error + ?Sized> core::error::Error for Rc<T> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        core::error::Error::source(&**self)
    }
}

impl<T> From<T> for Rc<T> {
    fn from(t: T) -> Self {
        Rc::new(t)
    }
}

impl<T, const N: usize> From<[T; N]> for Rc<[T]> {
    fn from(v: [T; N]) -> Rc<[T]> {
        Rc::<[T; N]>::new(v)
    }
}

impl<T: Clone> From<&[T]> for Rc<[T]> {
    fn from(v: &[T]) -> Rc<[T]> {
        Rc::from(v.to_vec())
    }
}

impl From<&str> for Rc<str> {
    fn from(v: &str) -> Rc<str> {
        unsafe { Rc::from_value(v) }
    }
}

impl From<String> for Rc<str> {
    fn from(v: String) -> Rc<str> {
        Rc::from(&v[..])
    }
}

impl<T: ?Sized> From<Box<T>> for Rc<T> {
    fn from(v: Box<T>) -> Rc<T> {
        unsafe {
            let raw = Box::into_raw(v);
            let layout = Layout::for_value_raw(raw);
            let rc = Rc::from_value(raw);
            if layout.size() != 0 {
                dealloc(raw as *mut u8, layout);
            }
            rc
        }
    }
}

impl<T> From<Vec<T>> for Rc<[T]> {
    fn from(mut v: Vec<T>) -> Rc<[T]> {
        unsafe {
            let rc = Rc::from_value(v.as_slice());
            v.set_len(0);
            rc
        }
    }
}

impl<'a, B: ?Sized + ToOwned> From<Cow<'a, B>> for Rc<B>
where
    Rc<B>: From<&'a B> + From<B::Owned>,
{
    fn from(cow: Cow<'a, B>) -> Rc<B> {
        match cow {
            Cow::Borrowed(s) => Rc::from(s),
            Cow::Owned(s) => Rc::from(s),
        }
    }
}

impl From<Rc<str>> for Rc<[u8]> {
    fn from(rc: Rc<str>) -> Self {
        unsafe { Rc::from_raw(Rc::into_raw(rc) as *const [u8]) }
    }
}

impl<T, const N: usize> TryFrom<Rc<[T]>> for Rc<[T; N]> {
    type Error = Rc<[T]>;
    fn try_from(boxed_slice: Rc<[T]>) -> Result<Self, Self::Error> {
        if boxed_slice.len() == N {
            Ok(unsafe { Rc::from_raw(Rc::into_raw(boxed_slice) as *const [T; N]) })
        } else {
            Err(boxed_slice)
        }
    }
}

impl<T> FromIterator<T> for Rc<[T]> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        Rc::from(iter.into_iter().collect::<Vec<T>>())
    }
}

/// A pointer that does not keep the value alive.
#[rustc_diagnostic_item = "RcWeak"]
pub struct Weak<T: ?Sized> {
    // All ones if there never was a value.
    ptr: NonNull<RcInner<T>>,
}

impl<T: ?Sized> !Send for Weak<T> {}
impl<T: ?Sized> !Sync for Weak<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Weak<U>> for Weak<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Weak<U>> for Weak<T> {}

impl<T> Weak<T> {
    #[must_use]
    pub const fn new() -> Weak<T> {
        let ptr = ptr::without_provenance_mut(usize::MAX);
        Weak { ptr: unsafe { NonNull::new_unchecked(ptr) } }
    }
}

impl<T: ?Sized> Weak<T> {
    /// The counters, if there are any.
    #[inline]
    fn inner(&self) -> Option<&RcInner<()>> {
        let ptr = self.ptr.as_ptr() as *mut RcInner<()>;
        if ptr.addr() == usize::MAX { None } else { unsafe { Some(&*ptr) } }
    }

    #[must_use = "this returns a new `Rc`, without modifying the original weak pointer"]
    pub fn upgrade(&self) -> Option<Rc<T>> {
        if self.inner()?.strong.join_if_any() {
            unsafe { Some(Rc::from_inner(self.ptr)) }
        } else {
            None
        }
    }

    #[must_use]
    pub fn strong_count(&self) -> usize {
        self.inner().map_or(0, |inner| inner.strong.load())
    }

    #[must_use]
    pub fn weak_count(&self) -> usize {
        match self.inner() {
            Some(inner) if inner.strong.load() > 0 => inner.weak.load() - 1,
            _ => 0,
        }
    }

    #[inline]
    #[must_use]
    pub fn ptr_eq(&self, other: &Self) -> bool {
        ptr::addr_eq(self.ptr.as_ptr(), other.ptr.as_ptr())
    }

    #[must_use]
    pub fn as_ptr(&self) -> *const T {
        let ptr = self.ptr.as_ptr();
        if ptr.addr() == usize::MAX {
            ptr as *const T
        } else {
            unsafe { &raw const (*ptr).value }
        }
    }
}

unsafe impl<#[may_dangle] T: ?Sized> Drop for Weak<T> {
    #[inline]
    fn drop(&mut self) {
        let Some(inner) = self.inner() else { return };
        if inner.weak.leave() {
            unsafe {
                let layout = Layout::for_value_raw(self.ptr.as_ptr());
                dealloc(self.ptr.as_ptr() as *mut u8, layout);
            }
        }
    }
}

impl<T: ?Sized> Clone for Weak<T> {
    #[inline]
    fn clone(&self) -> Weak<T> {
        if let Some(inner) = self.inner() {
            inner.weak.join();
        }
        Weak { ptr: self.ptr }
    }
}

impl<T: ?Sized> fmt::Debug for Weak<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(Weak)")
    }
}

impl<T> Default for Weak<T> {
    fn default() -> Weak<T> {
        Weak::new()
    }
}
