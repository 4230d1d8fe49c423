//! Takes files one by one: each is read, brought in or refused, and moved to where it belongs.

use std::collections::HashMap;
use std::io::Write;
use std::time::Duration;

use super::computer_now;
use super::ending::Ending;
use super::facts::FeedFacts;
use crate::cli::Failure;
use crate::cli::commands::file::import::changed::{self, ChangedMarkFacts};
use crate::cli::desk::{Desk, codes};
use crate::cli::parse::Global;
use crate::config;
use crate::domain::act::Refusal;
use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::act_id::ActId;
use crate::domain::counted::counted;
use crate::domain::facts::fed_file::{FedFile, UnmovedFile};
use crate::exchange::feed::FolderFault;
use crate::exchange::feed::folder::{Folder, Seen, Stamp};
use crate::exchange::feed::order;
use crate::exchange::feed::place::Place;
use crate::exchange::feed::placing::{Moved, Moving};
use crate::exchange::feed::report::FileReport;
use crate::exchange::kind::is_heading;
use crate::exchange::profiles::Profiles;
use crate::exchange::timetable::Timetable;
use crate::exchange::{self, Known, Read, ReadFault};
use crate::store::feed::FileRefusal;
use crate::store::merge::Merged;
use crate::store::{Fault, NotDone};

/// So much of why a file is refused stands on the screens, in characters; its report says all.
const WHY_MAX: usize = 300;

/// What is taken, and where from.
pub struct Taking {
    /// The folder.
    pub folder: Folder,
    /// How many files were refused.
    pub refused: usize,
    patience: Duration,
    /// Files that wait as they stand: until they are too old, or, being unreadable, until somebody changes that.
    waiting: HashMap<String, (Stamp, Until)>,
    /// Files that the record has done with and that cannot be moved, by name: SHA-256 of them.
    stuck: HashMap<String, String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    Old,
    Changed,
}

impl Taking {
    /// Nothing has been taken yet.
    pub fn new(folder: Folder, patience: Duration) -> Taking {
        Taking { folder, refused: 0, patience, waiting: HashMap::new(), stuck: HashMap::new() }
    }

    /// Whether a whole file may be taken: not where it could not be read as it stands, and may still be written.
    pub fn may_take(&self, file: &Seen) -> bool {
        match self.waiting.get(&file.name).filter(|(stamp, _)| *stamp == file.stamp) {
            Some((_, Until::Changed)) => false,
            Some((_, Until::Old)) => self.is_old(&file.stamp),
            None => true,
        }
    }

    /// How many files the record has done with that cannot be moved: it is tried again and again.
    pub fn stuck(&self) -> usize {
        self.stuck.len()
    }

    /// Whether it was said of a file that it waits.
    pub fn has_told(&self, name: &str) -> bool {
        self.waiting.contains_key(name)
    }

    fn is_old(&self, stamp: &Stamp) -> bool {
        stamp.age(computer_now()).to_std().is_ok_and(|age| age >= self.patience)
    }

    /// Do what is left to do of files that the record has done with, then take these, until the program is asked to end.
    pub fn take_all(
        &mut self,
        files: Vec<Seen>,
        (global, out): (&Global, &mut dyn Write),
        ending: &Ending,
    ) -> Result<(), Failure> {
        let mut desk = Desk::open(global, out)?;
        if let Err(refusal) = check_matter(desk.officer.role, Matter::Import) {
            return desk.refuse(&refusal);
        }
        // "firstbell@office-pc feed".
        let place = desk.officer.desk.split(' ').next().unwrap_or_default();
        desk.officer.desk = format!("{place} feed");
        self.finish(&mut desk)?;
        let profiles = Profiles::load(&config::profiles(desk.store.path()))?;
        for file in self.in_order(&mut desk, files, &profiles)? {
            if ending.is_asked() {
                return Ok(());
            }
            self.take(&mut desk, &file, &profiles)?;
        }
        Ok(())
    }

    /// Files that have come together: first those that others rest on, then the older.
    fn in_order(&self, desk: &mut Desk<'_>, files: Vec<Seen>, profiles: &Profiles) -> Result<Vec<Seen>, Failure> {
        if files.len() < 2 {
            return Ok(files);
        }
        let mut places = Vec::new();
        for file in files {
            let place = self.read(desk, &file, profiles)?.map_or(order::LAST, |read| order::place(&read));
            places.push((place, file));
        }
        let key = |file: &Seen| (file.stamp.written(), file.name.clone());
        places.sort_by_key(|(place, file)| (*place, key(file)));
        Ok(places.into_iter().map(|(_, file)| file).collect())
    }

    fn read(&self, desk: &mut Desk<'_>, file: &Seen, profiles: &Profiles) -> Result<Result<Read, ReadFault>, Failure> {
        // The calendar as it is now: the file before may have changed it.
        desk.day()?;
        let (codes, roll) = (codes()?, desk.store.roll().clone());
        let known = Known {
            codes: &codes,
            calendar: &roll.calendar,
            today: desk.today(),
            profiles,
            has_serial_dates: false,
            timetable: &Timetable::default(),
            own_files: &desk.store.own_files()?,
        };
        Ok(exchange::read(&[self.folder.path().join(&file.name)], known, &mut |_| {}))
    }

    /// Take one file, or refuse it; or leave it as it is, where it has changed since or stops in the middle.
    fn take(&mut self, desk: &mut Desk<'_>, file: &Seen, profiles: &Profiles) -> Result<(), Failure> {
        let digest = match self.folder.digest(&file.name, &file.stamp) {
            Ok(Some(digest)) => digest,
            Ok(None) => return Ok(()),
            Err(fault) => return self.leave(desk, file, &fault),
        };
        if self.stuck.get(&file.name) == Some(&digest) {
            self.waiting.insert(file.name.clone(), (file.stamp, Until::Changed));
            return Ok(());
        }
        let read = self.read(desk, file, profiles)?;
        if self.folder.stamp(&file.name) != Some(file.stamp) {
            return Ok(());
        }
        let refusal = match read {
            Ok(read) => match self.bring_in(desk, file, &digest, read)? {
                Some(refusal) => refusal,
                None => return Ok(()),
            },
            Err(ReadFault::Missing(_)) => return Ok(()),
            Err(fault @ (ReadFault::Profile { .. } | ReadFault::NoPath)) => return Err(fault.into()),
            Err(fault @ ReadFault::Unreadable { .. }) => {
                return self.wait(desk, file, Until::Changed, &format!("{} is left alone: {fault}", file.name));
            }
            Err(
                fault @ (ReadFault::TooLarge { .. }
                | ReadFault::TooManyRows { .. }
                | ReadFault::TooManyRefused { .. }
                | ReadFault::Bomb { .. }
                | ReadFault::TooMany { .. }
                | ReadFault::Zip { .. }
                | ReadFault::Twice { .. }
                | ReadFault::NotKnown { .. }
                | ReadFault::NothingKnown { .. }),
            ) => {
                if !self.is_old(&file.stamp) && self.folder.is_cut_off(&file.name) {
                    let says = format!("{} waits: it stops in the middle, and may still be written.", file.name);
                    return self.wait(desk, file, Until::Old, &says);
                }
                FileRefusal { why: self.why(&file.name, &fault), ..FileRefusal::default() }
            }
        };
        self.refuse(desk, file, digest, &refusal)
    }

    /// Say once that a file waits as it stands.
    fn wait(&mut self, desk: &mut Desk<'_>, file: &Seen, until: Until, says: &str) -> Result<(), Failure> {
        let before = self.waiting.insert(file.name.clone(), (file.stamp, until));
        if before == Some((file.stamp, until)) {
            return Ok(());
        }
        let event = if until == Until::Old { "waits" } else { "left" };
        desk.say(&FeedFacts::of_file(event, &file.name, says))
    }

    /// Say once that nothing can be done with a file as it stands.
    fn leave(&mut self, desk: &mut Desk<'_>, file: &Seen, fault: &FolderFault) -> Result<(), Failure> {
        self.wait(desk, file, Until::Changed, &format!("{} is left alone: {fault}", file.name))
    }

    /// Bring a file in; or why all of it is refused.
    fn bring_in(
        &mut self,
        desk: &mut Desk<'_>,
        file: &Seen,
        digest: &str,
        mut read: Read,
    ) -> Result<Option<FileRefusal>, Failure> {
        let name = &file.name;
        read.incoming.rejects = std::mem::take(&mut read.rejects);
        read.incoming.warnings = std::mem::take(&mut read.warnings);
        let kept_as = match self.folder.free_name(Place::Done, name, "") {
            Ok(kept_as) => kept_as,
            Err(fault) => return self.leave(desk, file, &fault).map(|()| None),
        };
        let fed = FedFile { folder: self.folder.name(), file: name.clone(), digest: digest.to_owned(), kept_as };
        let (officer, when) = (desk.officer.clone(), desk.when());
        let refused = |why| Ok(Some(FileRefusal { why, ..FileRefusal::default() }));
        match desk.store.merge_fed(&officer, when, &read.incoming, &fed) {
            Ok(merged) if merged.used() == 0 && !merged.rejects.is_empty() => {
                let why = format!(
                    "{name} holds nothing that could be used, {} refused",
                    counted(merged.rejects.len(), "row")
                );
                Ok(Some(FileRefusal { why, rejects: merged.rejects, warnings: merged.warnings }))
            }
            Ok(merged) => {
                match merged.act {
                    Some(_) => self.finish(desk)?,
                    None => self.keep_unchanged(desk, file, &fed, &merged)?,
                }
                Ok(None)
            }
            Err(NotDone::Refused(refusal)) => match *refusal {
                Refusal::NotAllowed { .. } | Refusal::NotStaff { .. } => desk.refuse(&refusal),
                other => refused(format!("{name} cannot be used: {other}")),
            },
            Err(NotDone::Fault(Fault::TooManyRefused { limit, .. })) => refused(format!(
                "{name} has more than {limit} rows that cannot be used: it is not what it was taken for"
            )),
            Err(fault) => desk.answered(Err(fault)),
        }
    }

    /// Put down that a file is refused, and move it.
    fn refuse(
        &mut self,
        desk: &mut Desk<'_>,
        file: &Seen,
        digest: String,
        refusal: &FileRefusal,
    ) -> Result<(), Failure> {
        let kept_as = match self.folder.free_name(Place::Refused, &file.name, "") {
            Ok(kept_as) => kept_as,
            Err(fault) => return self.leave(desk, file, &fault),
        };
        let fed = FedFile { folder: self.folder.name(), file: file.name.clone(), digest, kept_as };
        let (officer, when) = (desk.officer.clone(), desk.when());
        let done = desk.store.refuse_file(&officer, when, &fed, refusal);
        desk.answered(done)?;
        self.finish(desk)
    }

    /// Move what the record has done with, and say so. Whoever was killed before that is found here. One that cannot be moved is told once,
    /// and stands in no other's way.
    fn finish(&mut self, desk: &mut Desk<'_>) -> Result<(), Failure> {
        for UnmovedFile { number, fed, act, refused } in desk.store.unmoved_files(&self.folder.name())? {
            let told = act.map(|act| desk.store.told_of_file(act)).transpose()?.unwrap_or_default();
            let (counts, refused_rows, warned) = (told.counts.clone(), told.refused, told.warned);
            let marks = ChangedMarkFacts::all(desk.store.roll(), &told.changed_marks);
            let import = act.map(|act| act.0).unwrap_or_default();
            let (place, says, cure) = match &refused {
                Some(why) => (Place::Refused, format!("{why}."), "Put it right, and into the folder again. “firstbell import” of the file tells all that is wrong with it.".to_owned()),
                None => {
                    let cure = format!("Taken back by: firstbell undo {import}");
                    (Place::Done, format!("{} was taken: import {import}.", fed.file), cure)
                }
            };
            let report = FileReport {
                says,
                cure,
                digest: fed.digest.clone(),
                counts: told.counts,
                changes: told.changes,
                marks: changed::lines(&marks, false),
                warnings: told.warnings,
                warned,
                rejects: told.rejects,
                refused: refused_rows,
            };
            let moving = Moving { name: &fed.file, digest: &fed.digest, kept_as: &fed.kept_as };
            let moved = match self.folder.put(place, moving, &report.text()) {
                Ok(moved) => moved,
                Err(fault) => {
                    self.tell_stuck(desk, &fed, act.filter(|_| refused.is_none()), &fault)?;
                    continue;
                }
            };
            self.stuck.remove(&fed.file);
            let kept_as = if let Moved::Kept(name) = &moved { name.as_str() } else { &fed.kept_as };
            desk.store.file_moved(number, kept_as)?;
            self.waiting.remove(&fed.file);
            let rows =
                if refused_rows > 0 { format!(", {} refused", counted(refused_rows, "row")) } else { String::new() };
            let (event, says) = match refused {
                Some(why) => ("refused", format!("Refused: {}", in_short(&fed.file, &why))),
                None => ("taken", format!("{} is taken, import {import}{rows}", fed.file)),
            };
            self.refused += usize::from(event == "refused");
            let facts = FeedFacts {
                act: act.map(|act| act.0),
                counts,
                marks_changed: marks.len(),
                refused: refused_rows,
                warned,
                ..FeedFacts::default()
            };
            desk.say(&self.said(FeedFacts { event, ..facts }, &fed.file, says, (place, &moved)))?;
        }
        Ok(())
    }

    /// Say once that a file cannot be moved which the record has done with.
    fn tell_stuck(
        &mut self,
        desk: &mut Desk<'_>,
        fed: &FedFile,
        import: Option<ActId>,
        fault: &FolderFault,
    ) -> Result<(), Failure> {
        if self.stuck.insert(fed.file.clone(), fed.digest.clone()).as_ref() == Some(&fed.digest) {
            return Ok(());
        }
        let name = &fed.file;
        let done = import.map_or("is refused".to_owned(), |act| format!("is taken, import {},", act.0));
        let says = format!("{name} {done} and cannot be moved: {fault}. It is not taken again.");
        let facts = FeedFacts { act: import.map(|act| act.0), ..FeedFacts::of_file("trouble", name, says) };
        desk.say(&facts)
    }

    /// Move a file that changed nothing, and say so.
    fn keep_unchanged(
        &mut self,
        desk: &mut Desk<'_>,
        file: &Seen,
        fed: &FedFile,
        merged: &Merged,
    ) -> Result<(), Failure> {
        let says = match (merged.used(), merged.rejects.len()) {
            (0, 0) => "there is no row in it",
            (_, 0) => "everything in it was so already",
            _ => "all that could be used of it was so already",
        };
        let (refused, warned) = (merged.rejects.len(), merged.warnings.len());
        let report = FileReport {
            says: format!("{} was taken: {says}.", fed.file),
            digest: fed.digest.clone(),
            rejects: merged.rejects.clone(),
            refused,
            warnings: merged.warnings.clone(),
            warned,
            ..FileReport::default()
        };
        let report = report.text();
        let put = self.folder.free_name(Place::Done, &fed.file, &report).and_then(|kept_as| {
            self.folder.put(Place::Done, Moving { name: &fed.file, digest: &fed.digest, kept_as: &kept_as }, &report)
        });
        let moved = match put {
            Ok(moved) => moved,
            Err(fault) => return self.leave(desk, file, &fault),
        };
        if let Moved::Kept(kept_as) = &moved {
            desk.store.fed_unchanged(desk.when(), &FedFile { kept_as: kept_as.clone(), ..fed.clone() })?;
        }
        self.waiting.remove(&fed.file);
        let facts = FeedFacts { event: "taken", refused, warned, ..FeedFacts::default() };
        desk.say(&self.said(facts, &fed.file, format!("{} is taken: {says}", fed.file), (Place::Done, &moved)))
    }

    /// What is said of a file, and where it lies now.
    fn said(&self, facts: FeedFacts, file: &str, says: String, (place, moved): (Place, &Moved)) -> FeedFacts {
        let Moved::Kept(name) = moved else {
            let says = format!("{says}; it is no longer there, or another in its place.");
            return FeedFacts { file: Some(file.to_owned()), says, ..facts };
        };
        let kept_as = format!("{}/{name}", place.as_str());
        let report = format!("{kept_as}.report.txt");
        let (file, says) = (Some(file.to_owned()), format!("{says}; it is {kept_as} now."));
        FeedFacts { file, says, kept_as: Some(kept_as), report: Some(report), ..facts }
    }

    /// Why a file cannot be read, in a sentence that names it without its folder.
    fn why(&self, name: &str, fault: &ReadFault) -> String {
        let path = self.folder.path().join(name).display().to_string();
        let text = match fault {
            // What stands in its rows is nobody's but the report's.
            ReadFault::TooManyRefused { limit, .. } => format!("{name} has {limit} rows that cannot be used"),
            // What is quoted may be a row too: a table without headings has its first row in their place.
            ReadFault::NotKnown { .. } => in_short(name, &fault.to_string().replace(&path, name)),
            ReadFault::NothingKnown { first: Some(_), .. } => format!("{name} holds no file that firstbell knows"),
            other => other.to_string().replace(&path, name),
        };
        text.chars().take(WHY_MAX).collect::<String>().trim_end_matches('.').to_owned()
    }
}

/// The beginning of why a file is refused, as far as it speaks of the file alone: what it quotes may be a row, and hold somebody's name. A
/// heading of our own is no row. The report beside the file says all.
fn in_short(name: &str, why: &str) -> String {
    let Some(says) = why.strip_prefix(name) else { return format!("{name} cannot be used") };
    let mut from = 0;
    loop {
        let rest = says.get(from..).unwrap_or_default();
        let next = ["“", ": ", ". ", "; "].iter().filter_map(|end| rest.find(end)).min();
        let Some(next) = next else { return why.to_owned() };
        let quoted = rest.get(next..).and_then(|rest| rest.strip_prefix('“')?.split_once('”'));
        match quoted.filter(|(word, _)| is_heading(word)) {
            Some((_, behind)) => from = says.len() - behind.len(),
            None => return format!("{name}{}", says.get(..from + next).unwrap_or_default().trim_end()),
        }
    }
}

impl Desk<'_> {
    fn say(&mut self, facts: &FeedFacts) -> Result<(), Failure> {
        if self.json { self.print_json(facts) } else { self.print(&facts.says) }
    }
}
