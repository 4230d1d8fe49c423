//! `users.csv` and `roles.csv`: everybody in the export, and what they are.

mod demographics;
mod ids;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::{is_gone, list};
use crate::domain::incoming::{Place, Reject, Said};
use crate::domain::people::details::Sex;
use crate::domain::people::upn::has_shape;
use crate::exchange::Read;
use crate::exchange::cells::blank::text_or_none;
use crate::exchange::cells::details;
use crate::exchange::cells::key::{tidy_upn, upn_warning};
use crate::exchange::cells::numbers::phones;
use crate::exchange::cells::spoilt::{has_lost_itself, spoilt};
use crate::exchange::cells::year::parse_year;
use crate::exchange::fault::ReadFault;
use crate::exchange::table::notes::Notes;
use crate::exchange::table::odd::is_number;
use crate::exchange::table::{Row, Table};

/// What somebody is to the school.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    Pupil,
    /// With the relationship.
    Guardian(&'static str),
    /// With the post.
    Staff(&'static str),
}

impl Role {
    fn parse(word: &str) -> Option<Role> {
        Some(match word.to_ascii_lowercase().as_str() {
            "student" => Role::Pupil,
            "parent" => Role::Guardian("parent"),
            "guardian" => Role::Guardian("guardian"),
            "relative" => Role::Guardian("relative"),
            "teacher" => Role::Staff("teacher"),
            "aide" => Role::Staff("teaching assistant"),
            "principal" => Role::Staff("head"),
            "counselor" | "counsellor" => Role::Staff("counsellor"),
            "proctor" => Role::Staff("invigilator"),
            "administrator" | "siteadministrator" | "districtadministrator" | "systemadministrator" => {
                Role::Staff("administrator")
            }
            _ => return None,
        })
    }
}

/// One row of `users.csv`.
#[derive(Default, Debug)]
pub(super) struct Person {
    pub place: Place,
    pub id: String,
    pub given: String,
    pub family: String,
    /// The names in use, where the file has them.
    pub preferred_given: Said<String>,
    pub preferred_family: Said<String>,
    /// Of pupils, from `demographics.csv`.
    pub date_of_birth: Said<NaiveDate>,
    pub sex: Said<Sex>,
    pub roles: Vec<Role>,
    pub admission_no: Option<String>,
    pub upn: Option<String>,
    pub phones: Vec<String>,
    pub email: Option<String>,
    /// `agentSourcedIds`, in order.
    pub agents: Vec<String>,
    pub year: Option<i64>,
    /// First and last day as a pupil, where `roles.csv` gives them.
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    orgs: Vec<String>,
}

impl Person {
    /// As spoken.
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }

    pub fn is_pupil(&self) -> bool {
        self.roles.contains(&Role::Pupil)
    }

    /// The relationship of a guardian.
    pub fn guardian(&self) -> Option<&'static str> {
        self.roles.iter().find_map(|role| if let Role::Guardian(what) = role { Some(*what) } else { None })
    }

    /// The post of a member of staff.
    pub fn post(&self) -> Option<&'static str> {
        self.roles.iter().find_map(|role| if let Role::Staff(post) = role { Some(*post) } else { None })
    }

    /// Names of the schools the person is at.
    pub fn schools<'s>(&'s self, schools: &'s HashMap<String, String>) -> impl Iterator<Item = &'s str> {
        self.orgs.iter().filter_map(|org| schools.get(org)).map(String::as_str)
    }
}

/// Everybody, by `sourcedId`.
#[derive(Default)]
pub(super) struct People {
    pub list: Vec<Person>,
    by_id: HashMap<String, usize>,
    gone: HashSet<String>,
    /// Who of those may be a pupil: where, and the `sourcedId`.
    pub gone_as_pupils: Vec<(Place, String)>,
}

impl People {
    /// The place in the list of the person with this `sourcedId`.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Whether the person was in the file, but marked as deleted.
    pub fn is_gone(&self, id: &str) -> bool {
        self.gone.contains(id)
    }

    /// Whether everybody whom the pupil names as an agent is in the file, and anybody is.
    pub fn has_agents_of(&self, pupil: &Person) -> bool {
        !pupil.agents.is_empty() && pupil.agents.iter().all(|agent| self.find(agent).is_some() || self.is_gone(agent))
    }

    /// The pupils, each with the place in the list.
    pub fn pupils(&self) -> impl Iterator<Item = (usize, &Person)> {
        self.list.iter().enumerate().filter(|(_, person)| person.is_pupil())
    }

    pub fn read_users(&mut self, table: &mut Table<'_>, read: &mut Read, notes: &mut Notes) -> Result<(), ReadFault> {
        let (id, status, enabled) = (table.needed("sourcedId")?, table.column("status"), table.column("enabledUser"));
        let (given, family) = (table.needed("givenName")?, table.needed("familyName")?);
        // The tables of 1.2 say it the one way, its other forms the other.
        let either =
            |one, other| Some(table.column(one)).filter(|column| column.is_there()).unwrap_or(table.column(other));
        let preferred_given = either("preferredGivenName", "preferredFirstName");
        let preferred_family = either("preferredFamilyName", "preferredLastName");
        let (role, orgs, org) =
            (table.column("role"), table.column("orgSourcedIds"), table.column("primaryOrgSourcedId"));
        let (phone, sms, email) = (table.column("phone"), table.column("sms"), table.column("email"));
        let (agents, grades) = (table.column("agentSourcedIds"), table.column("grades"));
        let keys = crate::exchange::oneroster::people::ids::IdColumns::of(table);
        while let Some(row) = table.next(&mut read.rejects) {
            let written = row.cell(id);
            let source = match written.needed() {
                Ok(source) => source.to_owned(),
                Err(reject) => {
                    read.rejects.push(reject);
                    continue;
                }
            };
            if let Some(why) = spoilt(&source) {
                read.rejects.push(written.reject(why));
                continue;
            }
            let mut person = Person {
                place: row.place(),
                given: row.text(given).unwrap_or_default(),
                family: row.text(family).unwrap_or_default(),
                preferred_given: details::name(row, preferred_given, notes),
                preferred_family: details::name(row, preferred_family, notes),
                phones: phones(row, &[phone, sms], notes),
                email: email.is_there().then(|| text_or_none(row, email, notes).unwrap_or_default()),
                agents: list(row, agents),
                orgs: list(row, orgs).into_iter().chain(row.text(org)).collect(),
                id: source.clone(),
                ..Person::default()
            };
            if is_gone(row, status) {
                // Taking a pupil off the roll is for the school to do, on a ground and a date; a file's word is not enough.
                let text = || {
                    format!("{} is marked tobedeleted and was left out: nobody was taken off the roll", person.name())
                };
                notes.add("gone", &source, || row.place(), text);
                // In 1.2 the role is not said here.
                if matches!(Role::parse(row.cell(role).as_str()), None | Some(Role::Pupil)) {
                    self.gone_as_pupils.push((row.place(), source.clone()));
                }
                self.gone.insert(source);
                continue;
            }
            if let Some(before) = self.find(&source).and_then(|place| self.list.get(place)) {
                read.rejects.push(written.reject(&format!("line {} already has this sourcedId", before.place.line)));
                continue;
            }
            if person.name().is_empty() || is_number(&person.name()) {
                read.rejects.push(row.cell(family).reject("the person has no name"));
                continue;
            }
            let names = [given, family].map(|name| row.cell(name));
            if let Some(name) = names.iter().find(|name| has_lost_itself(name.as_str())) {
                read.rejects.push(name.reject("a spreadsheet has spoilt this name: export the file again"));
                continue;
            }
            let word = row.cell(role);
            match Role::parse(word.as_str()) {
                Some(role) => person.roles.push(role),
                None if word.is_blank() => {}
                None => {
                    read.rejects.push(word.reject("this role is not one of OneRoster's"));
                    continue;
                }
            }
            if person.roles.is_empty() || person.is_pupil() {
                keys.read(row, &mut person, notes);
                person.year = year(row, &list(row, grades), notes);
            }
            if person.is_pupil() && row.cell(enabled).as_str().eq_ignore_ascii_case("false") {
                let text = || "enabledUser is false for this pupil, who is kept on the roll all the same".to_owned();
                notes.add("disabled", "", || row.place(), text);
            }
            self.by_id.insert(source, self.list.len());
            self.list.push(person);
        }
        Ok(())
    }

    /// Version 1.2 keeps roles in a file of their own; one person may have several.
    pub fn read_roles(
        &mut self,
        table: &mut Table<'_>,
        today: NaiveDate,
        read: &mut Read,
        notes: &mut Notes,
    ) -> Result<(), ReadFault> {
        let (user, role, status) = (table.needed("userSourcedId")?, table.needed("role")?, table.column("status"));
        let (begin, end, org) = (table.column("beginDate"), table.column("endDate"), table.column("orgSourcedId"));
        while let Some(row) = table.next(&mut read.rejects) {
            let (who, word) = (row.cell(user), row.cell(role));
            if is_gone(row, status) {
                let text = || "this role is marked tobedeleted and was left out".to_owned();
                notes.add("gone", "", || row.place(), text);
                continue;
            }
            let dates = row.cell(begin).date().and_then(|from| Ok((from, row.cell(end).date()?)));
            let (from, until) = match dates {
                Ok(dates) => dates,
                Err(reject) => {
                    read.rejects.push(reject);
                    continue;
                }
            };
            let person = self.by_id.get(who.as_str()).and_then(|place| self.list.get_mut(*place));
            let (Some(person), Some(parsed)) = (person, Role::parse(word.as_str())) else {
                let known = self.by_id.contains_key(who.as_str());
                if known {
                    read.rejects.push(word.reject("this role is not one of OneRoster's"));
                } else if !self.gone.contains(who.as_str()) {
                    read.rejects.push(who.reject("there is nobody with this sourcedId in users.csv"));
                }
                continue;
            };
            if parsed == Role::Pupil {
                (person.from, person.until) = (from, until);
            } else if until.is_some_and(|until| until < today) {
                continue;
            }
            if !person.roles.contains(&parsed) {
                person.roles.push(parsed);
            }
            person.orgs.extend(row.text(org));
        }
        Ok(())
    }

    /// People without a role in either file.
    pub fn without_role(&self) -> impl Iterator<Item = Reject> {
        self.list.iter().filter(|person| person.roles.is_empty()).map(|person| Reject {
            place: person.place.clone(),
            column: "role".to_owned(),
            value: person.name(),
            reason: "neither users.csv nor roles.csv gives this person a current role".to_owned(),
        })
    }
}

fn year(row: Row<'_>, grades: &[String], notes: &mut Notes) -> Option<i64> {
    let first = grades.first()?;
    let year = parse_year(first);
    if year.is_none() {
        notes.add(
            "grades",
            first,
            || row.place(),
            || format!("grade “{first}” is not a year from N1 to 14, and was left out"),
        );
    }
    year
}

/// A UPN written as such: what is wrong with it is said, and what does not have its shape left out.
pub(super) fn checked_upn(row: Row<'_>, text: &str, notes: &mut Notes) -> Option<String> {
    let upn = tidy_upn(text);
    if let Some(message) = upn_warning(&upn) {
        notes.add("upn", &upn, || row.place(), || message.clone());
    }
    Some(upn).filter(|upn| has_shape(upn))
}
