trait A: A {} //~ ERROR cycle detected when computing the super predicates of `A`

trait Float {
    type Int;
}
trait From2<T> {}

// Only `Float` may define `Int`, so asking for it in another bound of `F` is no cycle.
fn f<F>(_: F)
where
    F: Float,
    F: From2<F::Int>,
{
}

fn main() {}
