// Types that are equal are not compared level by level: that would take time exponential in their depth.
type Deep<'a> = &'a dyn Fn(&dyn Fn(&dyn Fn(&dyn Fn(&dyn Fn(&dyn Fn(&dyn Fn(&dyn Fn(&dyn Fn(&dyn Fn(&dyn Fn(u8)))))))))));

fn wrong(f: &dyn Fn(u8)) -> &dyn Fn(Deep<'_>) {
    f //~ ERROR mismatched types
}

fn deep(f: &dyn Fn(u8)) -> &dyn Fn(&dyn Fn(&dyn Fn(&dyn Fn(&dyn Fn(&dyn Fn(&dyn Fn(&dyn Fn(&dyn Fn(u8))))))))) {
    f //~ ERROR mismatched types
}

fn main() {}
