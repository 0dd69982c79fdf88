//! A program of several files: traits, modules, trait objects.

mod shapes;

use shapes::{Circle, Rectangle, Shape};

fn main() {
    let shapes: Vec<Box<dyn Shape>> = vec![
        Box::new(Circle { radius: 1.5 }),
        Box::new(Rectangle { width: 3.0, height: 2.0 }),
    ];
    for shape in &shapes {
        println!("{}: area {:.2}", shape.name(), shape.area());
    }
    let total: f64 = shapes.iter().map(|shape| shape.area()).sum();
    println!("total: {total:.2}");
}
