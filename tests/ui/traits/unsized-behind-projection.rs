//@ build-fail
//@ edition: 2021
// A bound that an associated type has only if it holds already: what is proved with it fails for `[u8]`.
// No code is made for the call that nothing implements.

trait Show {
    fn show();
}
trait Family {
    type Member: Sized
    where
        <Self as Family>::Member: Sized;
}
struct Slices<T>(T);
impl<T> Family for Slices<T> {
    type Member = [T] where [T]: Sized;
}

struct OfSized<T: Sized>(T);
impl<T> Show for OfSized<T> {
    fn show() {
        println!("{}", std::mem::size_of::<T>());
    }
}

trait Shown {
    type By: Show;
}
impl<T: Family> Shown for T {
    type By = OfSized<<T as Family>::Member>;
}

fn show_by<T: Show>() {
    T::show()
}
fn show<T: Shown>() {
    show_by::<T::By>()
}

fn main() {
    show::<Slices<u8>>();
}
