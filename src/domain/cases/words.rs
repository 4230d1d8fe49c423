//! Words that are stored, asked for and said: one enum a list of them.

/// Makes an enum whose cases are words of the record: `as_str` is how one is stored and asked for, `describe` how it is said.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$meaning:meta])* $case:ident $describe:literal)* }) => {
        $(#[$about])*
        #[derive(
            Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
            strum::IntoStaticStr, strum::EnumString, strum::VariantArray,
        )]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        #[strum(serialize_all = "kebab-case")]
        pub enum $name {
            $($(#[$meaning])* $case,)*
        }

        impl $name {
            /// Every one, in the order in which they are offered.
            pub const ALL: &[$name] = <$name as strum::VariantArray>::VARIANTS;

            /// The word used in files and commands.
            pub fn as_str(self) -> &'static str {
                self.into()
            }

            /// As it is said.
            pub fn describe(self) -> &'static str {
                match self { $($name::$case => $describe,)* }
            }

            /// The one written as `word`, in full.
            pub fn parse(word: &str) -> Option<$name> {
                word.parse().ok()
            }
        }
    };
}
pub(super) use words;
