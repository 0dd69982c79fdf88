//! The macro that declares queries: tables, providers, and the methods of `TyCtxt`.

/// Declares queries.
///
/// `extern` queries have a `DefId` or `CrateNum` key; the local provider takes the key's local form
/// (`LocalDefId`, [`crate::LocalCrate`]), the extern provider the key. `local` queries have one provider that takes
/// the key as it is. `= cycle` after a query: its value implements [`crate::FromCycle`]; without it a cycle is a bug.
macro_rules! declare_queries {
    (
        extern { $($(#[$eattr:meta])* fn $ename:ident($ekey:ty) -> $evalue:ty, $edesc:literal $(= $ecycle:ident)?;)* }
        local { $($(#[$lattr:meta])* fn $lname:ident($lkey:ty) -> $lvalue:ty, $ldesc:literal $(= $lcycle:ident)?;)* }
    ) => {
        /// The tables of all queries.
        pub struct QueryTables<'tcx> {
            $(pub(crate) $ename: <$ekey as Key>::Cache<$evalue>,)*
            $(pub(crate) $lname: <$lkey as Key>::Cache<$lvalue>,)*
            _marker: std::marker::PhantomData<&'tcx ()>,
        }
        impl<'tcx> Default for QueryTables<'tcx> {
            fn default() -> Self {
                QueryTables {
                    $($ename: Default::default(),)*
                    $($lname: Default::default(),)*
                    _marker: std::marker::PhantomData,
                }
            }
        }
        /// The functions that compute queries for the local crate; stages set theirs in `provide`.
        #[derive(Clone, Copy)]
        #[allow(missing_docs)]
        pub struct Providers<'tcx> {
            $(pub $ename: fn(TyCtxt<'tcx>, <$ekey as Key>::Local) -> $evalue,)*
            $(pub $lname: fn(TyCtxt<'tcx>, $lkey) -> $lvalue,)*
        }
        impl<'tcx> Default for Providers<'tcx> {
            fn default() -> Self {
                Providers {
                    $($ename: |_, _| no_provider(stringify!($ename)),)*
                    $($lname: |_, _| no_provider(stringify!($lname)),)*
                }
            }
        }
        /// The functions that answer queries about other crates, from their metadata.
        #[derive(Clone, Copy)]
        #[allow(missing_docs)]
        pub struct ExternProviders<'tcx> {
            $(pub $ename: fn(TyCtxt<'tcx>, $ekey) -> $evalue,)*
        }
        impl<'tcx> Default for ExternProviders<'tcx> {
            fn default() -> Self {
                ExternProviders {
                    $($ename: |_, _| no_provider(concat!("extern ", stringify!($ename))),)*
                }
            }
        }
        impl<'tcx> TyCtxt<'tcx> {
            $(
                $(#[$eattr])*
                #[inline]
                pub fn $ename(self, key: impl IntoQueryParam<$ekey>) -> $evalue {
                    let key: $ekey = key.into_query_param();
                    let cache = &self.gcx().tables.$ename;
                    if let Some(v) = Cache::<$ekey, $evalue>::get(cache, &key) {
                        return v;
                    }
                    execute::<$ekey, $evalue>(
                        self, stringify!($ename), $edesc, key, cache,
                        || match key.as_local_key() {
                            Some(local) => (self.gcx().providers.$ename)(self, local),
                            None => (self.gcx().extern_providers.$ename)(self, key),
                        },
                        |cycle| declare_queries!(@cycle self cycle $evalue, $($ecycle)?),
                    )
                }
            )*
            $(
                $(#[$lattr])*
                #[inline]
                pub fn $lname(self, key: impl IntoQueryParam<$lkey>) -> $lvalue {
                    let key: $lkey = key.into_query_param();
                    let cache = &self.gcx().tables.$lname;
                    if let Some(v) = Cache::<$lkey, $lvalue>::get(cache, &key) {
                        return v;
                    }
                    execute::<$lkey, $lvalue>(
                        self, stringify!($lname), $ldesc, key, cache,
                        || (self.gcx().providers.$lname)(self, key),
                        |cycle| declare_queries!(@cycle self cycle $lvalue, $($lcycle)?),
                    )
                }
            )*
        }
    };
    (@cycle $tcx:ident $cycle:ident $value:ty, cycle) => {
        <$value as FromCycle<'tcx>>::from_cycle($tcx, report_cycle($tcx, $cycle))
    };
    (@cycle $tcx:ident $cycle:ident $value:ty,) => {{
        report_cycle($tcx, $cycle);
        no_value()
    }};
}
pub(crate) use declare_queries;
