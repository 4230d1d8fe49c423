//! What a room can do, and under which names `keymaps.toml` speaks of it.

use std::fmt::Debug;

/// The actions of one room. Declare them with [`actions!`](crate::actions).
pub trait Action: Copy + Eq + Debug + 'static {
    /// The room's name in `keymaps.toml`.
    const ROOM: &'static str;
    /// Letters are text in this room, so that none of them can be an action.
    const TYPED: bool;
    /// Every action, in the order in which help shows them.
    const ALL: &'static [Entry<Self>];

    /// What is known of this action.
    fn entry(self) -> &'static Entry<Self>;
}

/// An action, with what is said about it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<A: 'static> {
    /// The action.
    pub action: A,
    /// Its name in `keymaps.toml`.
    pub name: &'static str,
    /// What it does, in a few words.
    pub help: &'static str,
    /// Other words that it is looked for by.
    pub also: &'static str,
    /// It writes to the record at once, so that a stray key must not reach it.
    pub records: bool,
}

/// Declares the actions of a room: the enum, its names in `keymaps.toml` and its help texts, in one place.
///
/// ```
/// firstbell::actions! {
///     /// What keys mean in the unmarked registers.
///     pub Action in "registers" {
///         Chase "chase" "chase by phone" records;
///         ChaseHow "chase-how" "chase, and say how" | "radio runner";
///     }
/// }
/// # fn main() {}
/// ```
///
/// `records` marks an action that writes to the record at once: it may not lie on a key that a broken arrow key looks
/// like. Behind `|` are other words that the palette finds it by. `in typed "field"` says that letters are text in this room.
#[macro_export]
macro_rules! actions {
    ($(#[$meta:meta])* $vis:vis $action:ident in $room:literal { $($list:tt)* }) => {
        $crate::actions!(@declare [$(#[$meta])*] $vis $action $room false { $($list)* });
    };
    ($(#[$meta:meta])* $vis:vis $action:ident in typed $room:literal { $($list:tt)* }) => {
        $crate::actions!(@declare [$(#[$meta])*] $vis $action $room true { $($list)* });
    };
    (@declare [$($meta:tt)*] $vis:vis $action:ident $room:literal $typed:literal {
        $($variant:ident $name:literal $help:literal $(| $also:literal)? $($records:ident)?;)+
    }) => {
        $($meta)*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        $vis enum $action {
            $(#[doc = $help] $variant,)+
        }

        impl $crate::keys::Action for $action {
            const ROOM: &'static str = $room;
            const TYPED: bool = $typed;
            const ALL: &'static [$crate::keys::Entry<Self>] = &[$($action::$variant.described(),)+];

            fn entry(self) -> &'static $crate::keys::Entry<Self> {
                match self {
                    $($action::$variant => const { &$action::$variant.described() },)+
                }
            }
        }

        impl $action {
            const fn described(self) -> $crate::keys::Entry<Self> {
                match self {
                    $($action::$variant => $crate::keys::Entry {
                        action: $action::$variant,
                        name: $name,
                        help: $help,
                        also: concat!($($also)?),
                        records: $crate::actions!(@records $($records)?),
                    },)+
                }
            }
        }
    };
    (@records records) => { true };
    (@records) => { false };
}

/// Declares the key maps of several rooms in one table: a line each, with the actions and the heading of its help. It makes the
/// struct that holds them, reads them from a file, and gives their help in the table's order.
#[macro_export]
macro_rules! rooms {
    ($(#[$meta:meta])* $vis:vis struct $rooms:ident { $($room:ident: $action:ty, $heading:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        $vis struct $rooms {
            $(#[doc = $heading] $vis $room: $crate::keys::Keymap<$action>,)+
        }

        impl $rooms {
            /// The keys of `file`, which notes what is wrong with them.
            pub fn read(file: &mut $crate::keys::KeymapFile) -> $rooms {
                $rooms { $($room: file.keymap(),)+ }
            }

            /// The help of each room.
            pub fn help(&self) -> Vec<$crate::keys::RoomHelp> {
                vec![$(($heading, self.$room.help()),)+]
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    actions! {
        /// A made-up room.
        pub Gate in "gate" {
            Take "take" "take the arrival" records;
            Look "look" "look closer" | "see inspect";
        }
    }

    actions! {
        Note in typed "note" { Save "save" "save the note"; }
    }

    #[test]
    fn a_room_declares_names_help_and_what_records() {
        assert_eq!((Gate::ROOM, Gate::TYPED, Note::ROOM, Note::TYPED), ("gate", false, "note", true));
        let all: Vec<_> = Gate::ALL.iter().map(|e| (e.action, e.name, e.help, e.records)).collect();
        assert_eq!(all, [(Gate::Take, "take", "take the arrival", true), (Gate::Look, "look", "look closer", false)]);
        assert_eq!((Gate::Look.entry().help, Gate::Look.entry().also), ("look closer", "see inspect"));
        assert_eq!(Gate::Take.entry().also, "");
        assert_eq!(Note::Save.entry().name, "save");
    }
}
