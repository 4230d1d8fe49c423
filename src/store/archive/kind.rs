//! How a table of the record stands in an archive: its file, its columns, and what of it is whose.

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// A whole number.
    Number,
    /// Text.
    Text,
    /// A school-local date.
    Date,
    /// A school-local time, to the minute.
    Time,
    /// An instant, in UTC.
    Instant,
    /// AM or PM.
    Session,
    /// An attendance code.
    Code,
    /// The number of an entry of the journal.
    Act,
    /// Whatever another table has there.
    Any,
}

/// What of a column one pupil's archive has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Own {
    /// What stands there.
    Whole,
    /// Telephone numbers, of which the last digits are enough to say which.
    Masked,
    /// Words as they were said, without the names of others that the record knows, and without numbers.
    Words,
    /// A row of this table as JSON, with what of it the archive has of the table itself.
    Row(&'static str),
    /// Nothing: it may be about somebody else.
    Left,
}

/// What of a column the plain archive has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plain {
    /// What stands there.
    Whole,
    /// Nothing: another file of the same school has another there.
    Left,
    /// This, in SQL about the row `t`: what it stands for, instead of a number.
    As(&'static str),
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name, in the table and in the archive.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether it may hold nothing.
    pub or_nothing: bool,
    /// What that means; empty where the name says it.
    pub says: &'static str,
    /// What of it one pupil's archive has.
    pub own: Own,
    /// What of it the plain archive has.
    pub plain: Plain,
}

/// A table of the record, and its file in an archive.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The file's name, without its ending.
    pub file: &'static str,
    /// The table's name.
    pub table: &'static str,
    /// What its rows are, in a sentence.
    pub says: &'static str,
    /// The columns by which its rows stand in order.
    pub order: &'static str,
    /// Which rows are one pupil's, in SQL about the row `t` and the pupil's number `?1`; `None` where no row is.
    pub own: Option<&'static str>,
    /// Which rows the plain archive has, in SQL about the row `t`; `None` where it has none.
    pub plain: Option<&'static str>,
    /// The school-local date that a row is about, in SQL about the row `t`; `None` of what does not grow old by itself.
    pub dated: Option<&'static str>,
    /// Its columns.
    pub columns: &'static [Column],
}

impl Column {
    const fn new(name: &'static str, holds: Holds) -> Column {
        Column { name, holds, or_nothing: false, says: "", own: Own::Whole, plain: Plain::Whole }
    }

    /// It may hold nothing.
    pub const fn or_nothing(self) -> Column {
        Column { or_nothing: true, ..self }
    }

    /// What it means.
    pub const fn says(self, says: &'static str) -> Column {
        Column { says, ..self }
    }

    /// It is not for one pupil's archive.
    pub const fn of_others(self) -> Column {
        Column { own: Own::Left, ..self }
    }

    /// It holds numbers, of which one pupil's archive has the last digits.
    pub const fn masked(self) -> Column {
        Column { own: Own::Masked, ..self }
    }

    /// It holds what people said, who may have named others.
    pub const fn said(self) -> Column {
        Column { own: Own::Words, ..self }
    }

    /// It holds a row of that table, as JSON.
    pub const fn row_of(self, table: &'static str) -> Column {
        Column { own: Own::Row(table), ..self }
    }

    /// It is not in the plain archive.
    pub const fn not_plain(self) -> Column {
        Column { plain: Plain::Left, ..self }
    }

    /// What stands for it in the plain archive.
    pub const fn plainly(self, sql: &'static str) -> Column {
        Column { plain: Plain::As(sql), ..self }
    }
}

macro_rules! columns {
    ($($make:ident $holds:ident $text:literal;)*) => {
        $(#[doc = $text]
        pub const fn $make(name: &'static str) -> Column {
            Column::new(name, Holds::$holds)
        })*
    };
}

columns! {
    number Number "A column of whole numbers.";
    text Text "A column of text.";
    date Date "A column of dates.";
    time Time "A column of times.";
    instant Instant "A column of instants.";
    code Code "A column of attendance codes.";
    entry Act "A column of numbers of the journal: none of the plain archive's.";
    any Any "A column that holds whatever another table has there.";
}

/// The row's own number.
pub const fn id() -> Column {
    number("id").not_plain()
}

/// The entry of the journal that brought the row.
pub const fn act() -> Column {
    entry("act").not_plain().says("the entry of the journal that brought it")
}

/// The entry of the journal that took the row back.
pub const fn withdrawn() -> Column {
    entry("withdrawn").or_nothing().not_plain().says("the entry of the journal that took it back")
}

/// The pupil it is about.
pub const fn pupil() -> Column {
    number("pupil").plainly(PUPIL).says("whom it is about")
}

/// The tutor group it is about.
pub const fn group() -> Column {
    number("tutor_group").plainly(GROUP)
}

/// AM or PM, in the column "session".
pub const fn session() -> Column {
    Column::new("session", Holds::Session)
}

/// A pupil by the admission number; else by the UPN, or the name.
const PUPIL: &str = "(SELECT coalesce(admission_no, upn, surname || ', ' || forename) FROM pupil WHERE id = t.pupil)";
/// A tutor group by its name.
pub const GROUP: &str = "(SELECT name FROM tutor_group WHERE id = t.tutor_group)";
/// A lesson by its date, period and class.
pub const LESSON: &str = "(SELECT date || ' ' || period || ' ' || class FROM lesson WHERE id = t.lesson)";
/// Rows of one pupil.
pub const OF_PUPIL: Option<&str> = Some("t.pupil = ?1");
/// Every row.
pub const ALL: Option<&str> = Some("1");
/// Rows that nobody took back.
pub const STANDING: Option<&str> = Some("t.withdrawn IS NULL");
