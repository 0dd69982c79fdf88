//! Trait objects and generics: shapes, a visitor, supertraits and upcasting, default methods, associated constants, sorting.

use std::any::Any;
use std::collections::BTreeMap;
use std::f64::consts::PI;
use std::fmt::{self, Debug, Display};
use std::rc::Rc;

trait Named {
    const SIDES: usize;
    fn type_name() -> &'static str;
}

trait Shape: Debug {
    fn area(&self) -> f64;
    fn perimeter(&self) -> f64;
    fn name(&self) -> String {
        format!("{self:?}").split([' ', '(', '{']).next().unwrap_or_default().to_lowercase()
    }
    fn scale(&mut self, by: f64);
    fn accept(&self, visitor: &mut dyn Visitor);
    fn boxed_clone(&self) -> Box<dyn Shape>;
    fn as_any(&self) -> &dyn Any;
}

trait Visitor {
    fn circle(&mut self, c: &Circle);
    fn rect(&mut self, r: &Rect);
    fn group(&mut self, g: &Group) {
        for s in &g.0 {
            s.accept(self.as_dyn());
        }
    }
    fn as_dyn(&mut self) -> &mut dyn Visitor;
}

#[derive(Debug, Clone, PartialEq)]
struct Circle {
    r: f64,
}
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Rect {
    w: f64,
    h: f64,
}
#[derive(Debug)]
struct Group(Vec<Box<dyn Shape>>);

impl Clone for Box<dyn Shape> {
    fn clone(&self) -> Self {
        (**self).boxed_clone()
    }
}

macro_rules! leaf {
    ($ty:ident, $visit:ident, $sides:expr, |$s:ident| area $area:expr, perimeter $perimeter:expr; scale($by:ident) $scale:block) => {
        impl Named for $ty {
            const SIDES: usize = $sides;
            fn type_name() -> &'static str {
                stringify!($ty)
            }
        }
        impl Shape for $ty {
            fn area(&self) -> f64 {
                let $s = self;
                $area
            }
            fn perimeter(&self) -> f64 {
                let $s = self;
                $perimeter
            }
            fn scale(&mut self, $by: f64) {
                let $s = self;
                $scale
            }
            fn accept(&self, visitor: &mut dyn Visitor) {
                visitor.$visit(self)
            }
            fn boxed_clone(&self) -> Box<dyn Shape> {
                Box::new(self.clone())
            }
            fn as_any(&self) -> &dyn Any {
                self
            }
        }
    };
}
leaf!(Circle, circle, usize::MAX, |s| area PI * s.r * s.r, perimeter 2.0 * PI * s.r; scale(by) { s.r *= by; });
leaf!(Rect, rect, 2 + 2, |s| area s.w * s.h, perimeter 2.0 * (s.w + s.h); scale(by) { s.w *= by; s.h *= by });

impl Shape for Group {
    fn area(&self) -> f64 {
        self.0.iter().map(|s| s.area()).sum()
    }
    fn perimeter(&self) -> f64 {
        self.0.iter().map(|s| Shape::perimeter(&**s)).sum()
    }
    fn name(&self) -> String {
        let names: Vec<_> = self.0.iter().map(|s| s.name()).collect();
        format!("[{}]", names.join("+"))
    }
    fn scale(&mut self, by: f64) {
        self.0.iter_mut().for_each(|s| s.scale(by));
    }
    fn accept(&self, visitor: &mut dyn Visitor) {
        visitor.group(self);
    }
    fn boxed_clone(&self) -> Box<dyn Shape> {
        Box::new(Group(self.0.clone()))
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Default)]
struct Census {
    counts: BTreeMap<&'static str, (usize, f64)>,
}
impl Census {
    fn add<T: Named + Shape>(&mut self, shape: &T) {
        let entry = self.counts.entry(T::type_name()).or_default();
        entry.0 += 1;
        entry.1 += shape.area();
    }
}
impl Visitor for Census {
    fn circle(&mut self, c: &Circle) {
        self.add(c);
    }
    fn rect(&mut self, r: &Rect) {
        self.add(r);
    }
    fn as_dyn(&mut self) -> &mut dyn Visitor {
        self
    }
}

trait Animal {
    fn legs(&self) -> u32;
}
trait Pet: Animal + Display {
    fn owner(&self) -> &str;
}
struct Dog(String);
impl Animal for Dog {
    fn legs(&self) -> u32 {
        4
    }
}
impl Display for Dog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "dog of {}", self.0)
    }
}
impl Pet for Dog {
    fn owner(&self) -> &str {
        &self.0
    }
}
fn legs(a: &dyn Animal) -> u32 {
    a.legs()
}

fn largest<'a, S: Shape + ?Sized>(shapes: &[&'a S], by: impl Fn(&S) -> f64) -> Option<&'a S> {
    let mut best = *shapes.first()?;
    for &s in shapes {
        if by(s) > by(best) {
            best = s;
        }
    }
    Some(best)
}

fn main() {
    let mut shapes: Vec<Box<dyn Shape>> = vec![
        Box::new(Circle { r: 1.5 }),
        Box::new(Rect { w: 2.0, h: 3.5 }),
        Box::new(Group(vec![Box::new(Rect { w: 1.0, ..Default::default() }), Box::new(Circle { r: 0.5 })])),
    ];
    let copy = Group(shapes.clone());
    for s in shapes.iter_mut() {
        s.scale(2.0);
        println!("{:<16} area {:8.3} perimeter {:8.3}", s.name(), s.area(), s.perimeter());
    }
    println!("{:.2} {:?}", copy.area(), copy.0[1]);
    shapes.sort_by(|a, b| b.area().total_cmp(&a.area()));
    println!("{:?}", shapes.iter().map(|s| s.name()).collect::<Vec<_>>());
    let mut census = Census::default();
    shapes.iter().for_each(|s| s.accept(&mut census));
    copy.accept(&mut census);
    for (name, (n, area)) in &census.counts {
        println!("{n} {name}: {area:.1}");
    }
    let refs: Vec<&dyn Shape> = shapes.iter().map(|s| s.as_ref()).collect();
    println!("{:?}", largest(&refs, |s| s.perimeter()).map(|s| s.name()));
    let circles: Vec<&Circle> = shapes.iter().filter_map(|s| s.as_any().downcast_ref()).collect();
    println!("{circles:?} {} {}", Rect::SIDES, <Circle as Named>::SIDES == usize::MAX);
    let pet: Rc<dyn Pet> = Rc::new(Dog("Ann".into()));
    println!("{pet} {} {}", legs(&*pet), pet.owner());
    let animal: Rc<dyn Animal> = pet.clone();
    println!("{} {}", animal.legs(), Rc::strong_count(&pet));
    let anything: Vec<Box<dyn Any>> = vec![Box::new(1i32), Box::new("text"), Box::new(Rect::default())];
    for a in &anything {
        if let Some(n) = a.downcast_ref::<i32>() {
            println!("i32 {n}");
        } else if let Some(s) = a.downcast_ref::<&str>() {
            println!("str {s}");
        } else {
            println!("other {}", a.is::<Rect>());
        }
    }
}
