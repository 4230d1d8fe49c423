//! `classes.csv` and `enrollments.csv`: tutor groups, who is in them, and who takes their registers.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::people::People;
use super::{is_gone, list};
use crate::domain::incoming::{IncomingGroup, Place, Reject};
use crate::exchange::Read;
use crate::exchange::cells::year::parse_year;
use crate::exchange::fault::ReadFault;
use crate::exchange::table::notes::Notes;
use crate::exchange::table::{Column, Row, Table};

/// The tutor groups of an export.
#[derive(Default)]
pub(super) struct Groups {
    groups: Vec<Group>,
    /// Every class, with the group that a homeroom is.
    by_class: HashMap<String, Option<usize>>,
    /// By the pupil's place in the list of people.
    members: HashMap<usize, Member>,
}

struct Group {
    place: Place,
    incoming: IncomingGroup,
    /// Whether the enrolment said so, and the tutor's place in the list of people.
    tutor: Option<(bool, usize)>,
}

/// A pupil's place in a group. Of two, one that has begun goes before one that has not, and then the later one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Member {
    has_begun: bool,
    begin: Option<NaiveDate>,
    group: usize,
}

struct Columns {
    class: Column,
    user: Column,
    role: Column,
    primary: Column,
    begin: Column,
    end: Column,
}

impl Groups {
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The group of a pupil, by name.
    pub fn of(&self, pupil: usize) -> Option<&str> {
        self.members.get(&pupil).and_then(|member| self.name(member.group))
    }

    fn name(&self, group: usize) -> Option<&str> {
        self.groups.get(group).map(|group| group.incoming.name.as_str())
    }

    pub fn into_incoming(self, people: &People) -> impl Iterator<Item = (Place, IncomingGroup)> {
        self.groups.into_iter().map(|mut group| {
            let tutor = group.tutor.and_then(|(_, tutor)| people.list.get(tutor));
            group.incoming.tutor = tutor.map(|tutor| tutor.name());
            (group.place, group.incoming)
        })
    }

    pub fn read_classes(&mut self, table: &mut Table<'_>, read: &mut Read, notes: &mut Notes) -> Result<(), ReadFault> {
        let (id, status, kind) = (table.needed("sourcedId")?, table.column("status"), table.column("classType"));
        let (title, code, grades) = (table.column("title"), table.column("classCode"), table.column("grades"));
        let location = table.column("location");
        let mut by_name: HashMap<String, usize> = HashMap::new();
        while let Some(row) = table.next(&mut read.rejects) {
            if !row.cell(kind).as_str().eq_ignore_ascii_case("homeroom") {
                if let Some(class) = row.text(id) {
                    self.by_class.entry(class).or_insert(None);
                }
                continue;
            }
            if is_gone(row, status) {
                if let Some(class) = row.text(id) {
                    self.by_class.entry(class).or_insert(None);
                }
                notes.add(
                    "gone",
                    "",
                    || row.place(),
                    || "this homeroom is marked tobedeleted and was left out".to_owned(),
                );
                continue;
            }
            let Some(name) = row.text(title).or_else(|| row.text(code)) else {
                read.rejects.push(row.reject("title", "", "the homeroom has neither title nor classCode"));
                continue;
            };
            let class = match row.cell(id).needed() {
                Ok(class) => class.to_owned(),
                Err(reject) => {
                    read.rejects.push(reject);
                    continue;
                }
            };
            if self.by_class.contains_key(&class) {
                read.rejects.push(row.cell(id).reject("an earlier line already has this sourcedId"));
                continue;
            }
            if let Some(before) = by_name.get(&name) {
                let text = || format!("more than one homeroom is called {name}; they are read as one tutor group");
                notes.add("homerooms", &name, || row.place(), text);
                self.by_class.insert(class, Some(*before));
                continue;
            }
            let years = list(row, grades);
            let year = if let [only] = years.as_slice() { parse_year(only) } else { None };
            by_name.insert(name.clone(), self.groups.len());
            self.by_class.insert(class, Some(self.groups.len()));
            let incoming = IncomingGroup { name, year, tutor: None, room: row.text(location) };
            self.groups.push(Group { place: row.place(), incoming, tutor: None });
        }
        Ok(())
    }

    /// Only the enrolments in homerooms are looked at, and of those the ones that have not ended.
    pub fn read_enrollments(
        &mut self,
        table: &mut Table<'_>,
        people: &People,
        today: NaiveDate,
        read: &mut Read,
        notes: &mut Notes,
    ) -> Result<(), ReadFault> {
        let columns = Columns {
            class: table.needed("classSourcedId")?,
            user: table.needed("userSourcedId")?,
            role: table.needed("role")?,
            primary: table.column("primary"),
            begin: table.column("beginDate"),
            end: table.column("endDate"),
        };
        let status = table.column("status");
        while let Some(row) = table.next(&mut read.rejects) {
            let class = row.cell(columns.class);
            let group = match self.by_class.get(class.as_str()) {
                Some(Some(group)) => *group,
                Some(None) => continue,
                // Without any class the whole file is spoken of once.
                None if self.by_class.is_empty() || is_gone(row, status) => continue,
                None => {
                    let why = "there is no class with this sourcedId in classes.csv: have both files exported together";
                    read.rejects.push(class.reject(why));
                    continue;
                }
            };
            if is_gone(row, status) {
                let text = || "this enrolment is marked tobedeleted and was left out".to_owned();
                notes.add("gone", "", || row.place(), text);
            } else if let Err(reject) = self.enrol(row, group, &columns, people, today, notes) {
                read.rejects.push(reject);
            }
        }
        Ok(())
    }

    fn enrol(
        &mut self,
        row: Row<'_>,
        group: usize,
        columns: &Columns,
        people: &People,
        today: NaiveDate,
        notes: &mut Notes,
    ) -> Result<(), Reject> {
        let begin = row.cell(columns.begin).date()?;
        if row.cell(columns.end).date()?.is_some_and(|end| end < today) {
            return Ok(());
        }
        let user = row.cell(columns.user);
        let Some(person) = people.find(user.as_str()) else {
            return if people.is_gone(user.as_str()) {
                Ok(())
            } else {
                Err(user.reject("there is nobody with this sourcedId in users.csv"))
            };
        };
        match row.cell(columns.role).as_str().to_ascii_lowercase().as_str() {
            "student" => {
                let new = Member { has_begun: begin.is_none_or(|begin| begin <= today), begin, group };
                let held = self.members.entry(person).or_insert(new);
                let (kept, other) = (new.max(*held), new.min(*held));
                *held = kept;
                if kept.group != other.group {
                    let names = self.name(kept.group).zip(self.name(other.group));
                    let (kept, other) = names.unwrap_or_default();
                    let text = || format!("this pupil is enrolled in two tutor groups: {kept} is kept, {other} is not");
                    notes.add("two groups", user.as_str(), || row.place(), text);
                }
            }
            "teacher" => {
                let primary = row.cell(columns.primary).as_str().eq_ignore_ascii_case("true");
                if let Some(group) = self.groups.get_mut(group)
                    && group.tutor.is_none_or(|(held, _)| primary && !held)
                {
                    group.tutor = Some((primary, person));
                }
            }
            _ => {}
        }
        Ok(())
    }
}
