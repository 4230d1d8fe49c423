//! What a file says of one thing of somebody, and what is held after it.

/// What a file says of one thing of somebody.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Said<T> {
    /// Nothing, having no such column: what is held stays.
    #[default]
    Nothing,
    /// That there is none.
    None,
    /// This.
    Value(T),
}

impl<T> Said<T> {
    /// What a cell says: nothing where the column is not there, that there is none where it is blank.
    pub fn of(is_there: bool, value: Option<T>) -> Said<T> {
        match value {
            Some(value) => Said::Value(value),
            None if is_there => Said::None,
            None => Said::Nothing,
        }
    }

    /// What is held after it.
    pub fn over(self, held: Option<T>) -> Option<T> {
        match self {
            Said::Nothing => held,
            Said::None => None,
            Said::Value(value) => Some(value),
        }
    }

    /// The same of another form of the value.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Said<U> {
        match self {
            Said::Nothing => Said::Nothing,
            Said::None => Said::None,
            Said::Value(value) => Said::Value(form(value)),
        }
    }

    /// The same without taking it.
    pub fn as_ref(&self) -> Said<&T> {
        match self {
            Said::Nothing => Said::Nothing,
            Said::None => Said::None,
            Said::Value(value) => Said::Value(value),
        }
    }

    /// The value, if it is one.
    pub fn value(&self) -> Option<&T> {
        self.as_ref().over(None)
    }
}
