//! `T: 'a`: taken apart into components, and proved from what is known of parameters and aliases (RFC 1214).

pub mod components;
pub mod obligations;
pub mod verify;

pub use obligations::{TypeOutlives, TypeOutlivesDelegate};
