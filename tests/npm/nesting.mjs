// Programs that nest `n` deep, by what nests.
const again = (text, n) => text.repeat(n);
const inMain = (text) => `fn main() { let a = true; let b = 1u8; ${text} }`;

export const NESTING = {
  blocks: (n) => inMain(again("{", n) + again("}", n)),
  parentheses: (n) => inMain(`let _x = ${again("(", n)}1${again(")", n)};`),
  "if": (n) => inMain(again("if a {", n) + again("}", n)),
  "else if": (n) => inMain(`if b == 0 {} ${again("else if b == 1 {} ", n)}`),
  "match": (n) => inMain(again("match b { _ => ", n) + "{}" + again("}", n)),
  loop: (n) => inMain(`${again("loop {", n)}break;${again("}", n)}`),
  "for": (n) => inMain(again("for _ in 0..2 {", n) + again("}", n)),
  closures: (n) => inMain(`let _f = ${again("|| ", n)}1u8;`),
  operators: (n) => inMain(`let _x = b${again(" ^ b", n)};`),
  methods: (n) => inMain(`let _x = b${again(".clone()", n)};`),
  "unary operators": (n) => inMain(`let _x = ${again("!", n)}a;`),
  borrows: (n) => inMain(`let _x = ${again("& ", n)}b;`),
  calls: (n) => `fn f(a: u8) -> u8 { a } ${inMain(`let _x = ${again("f(", n)}1${again(")", n)};`)}`,
  arrays: (n) => inMain(`let _x = ${again("[", n)}1${again("]", n)};`),
  patterns: (n) => inMain(`let ${again("(", n)}_x${again(",)", n)} = ${again("(", n)}1${again(",)", n)};`),
  types: (n) => inMain(`let _x: ${again("Option<", n)}u8${again(">", n)} = None;`),
  modules: (n) => again("mod a {", n) + again("}", n) + inMain(""),
  functions: (n) => again("fn main() {", n) + again("}", n),
  delimiters: (n) => `macro_rules! m { ($($t:tt)*) => {} } m!{${again("(", n)}${again(")", n)}} ${inMain("")}`,
  imports: (n) => `use ${again("a::{", n)}b${again("}", n)}; ${inMain("")}`,
  macros: (n) => `macro_rules! m { ($($e:tt)*) => { $($e)* } } ${inMain(`let _x = ${again("m!(", n)}1${again(")", n)};`)}`,
};
