//! A table that names its pupils by a number of the school's, and has that of another system beside it, tells who is whom there: later
//! files of that system have its own numbers alone.

use hashbrown::HashMap;

use super::bind::Bound;
use crate::domain::incoming::{Place, PupilKey};
use crate::domain::people::upn::has_shape;
use crate::exchange::cells::blank::stands_for_nothing;
use crate::exchange::cells::key::{of_system, tidy_upn};
use crate::exchange::cells::spoilt::spoilt;
use crate::exchange::kind::{Kind, MIS_ID};
use crate::exchange::table::notes::Notes;
use crate::exchange::table::{Column, Row};

/// What a table tells of another system's numbers.
pub struct Ids<'b> {
    bound: &'b Bound<'b>,
    /// The column of its numbers, and the system: where a list of pupils has them, they are read with it.
    column: Option<(Column, &'b str)>,
    told: Vec<Told>,
    /// By the number as it is written, its place among those.
    places: HashMap<String, usize>,
}

/// A number of another system, and whose it is.
struct Told {
    place: Place,
    pupil: PupilKey,
    /// The rows do not say the same of it.
    is_doubtful: bool,
}

impl<'b> Ids<'b> {
    /// That of a bound table.
    pub fn of(bound: &'b Bound<'b>) -> Ids<'b> {
        let told = bound.mis_id.filter(|(_, system)| bound.profile.kind != Kind::Pupils && !system.is_empty());
        let column = told.map(|(place, system)| (Column::new(MIS_ID, Some(place)), system));
        Ids { bound, column, told: Vec::new(), places: HashMap::new() }
    }

    /// Keep who is whom by `row`.
    pub fn learn(&mut self, row: Row<'_>) {
        let Some((column, system)) = self.column else { return };
        let cell = row.cell(column);
        let admission_no = row.text(self.bound.column("admission_no"));
        let admission_no = admission_no.map(|text| text.strip_prefix('\'').map_or(text.clone(), str::to_owned));
        let admission_no = admission_no.filter(|text| spoilt(text).is_none() && !stands_for_nothing(text));
        let upn = row.text(self.bound.column("upn")).map(|text| tidy_upn(&text)).filter(|upn| has_shape(upn));
        let id = Some(of_system(system, cell.as_str())).filter(|id| !id.is_empty() && spoilt(cell.as_str()).is_none());
        if id.is_none() || (admission_no.is_none() && upn.is_none()) {
            return;
        }
        let pupil = PupilKey { source_id: id, admission_no, upn };
        match self.places.get(cell.as_str()).and_then(|place| self.told.get_mut(*place)) {
            Some(told) => told.is_doubtful |= told.pupil != pupil,
            None => {
                self.places.insert(cell.as_str().to_owned(), self.told.len());
                self.told.push(Told { place: row.place(), pupil, is_doubtful: false });
            }
        }
    }

    /// Each number, and whose it is. One that several pupils have is nobody's, and noted.
    pub fn into_told(self, notes: &mut Notes) -> Vec<(Place, PupilKey)> {
        let (doubtful, sure): (Vec<Told>, Vec<Told>) = self.told.into_iter().partition(|told| told.is_doubtful);
        for Told { place, pupil, .. } in doubtful {
            let id = pupil.source_id.unwrap_or_default();
            notes.add(
                "number",
                &id,
                || place.clone(),
                || format!("{id} stands beside several pupils, and is kept for none"),
            );
        }
        sure.into_iter().map(|told| (told.place, told.pupil)).collect()
    }
}
